package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A strong operation that another replica may have begun already. Changing nothing is a result too: if it were not remembered, that other one, awake again, would find no trace of
 * the operation and do it.
 */
class AgainTranscriptTest extends StrongTranscript {
  private static final OperationId ID = new OperationId(PEERS_PROCESS, 0);
  private static final Change REMOVE_IF_OTHER = new Change.Remove(new Condition(Condition.Kind.IFEQ, Bytes.of("other")),
      false);

  @Test
  void whatIsDoneForTheFirstTimeAndChangesNothingIsAnsweredWithoutAnotherRound() {
    var effects = promisesFor(false);
    assertThat(effects).noneMatch(AgainTranscriptTest::isAcceptance).anyMatch(Effect.Answer.class::isInstance);
  }

  @Test
  void whatIsDoneAgainAndChangesNothingIsRememberedByTheAcceptorsBeforeItIsAnswered() {
    var effects = promisesFor(true);
    assertThat(effects).noneMatch(Effect.Answer.class::isInstance).anyMatch(AgainTranscriptTest::isAcceptance);
    var accept = (AcceptorStep.Accept) ((Effect.Store) effects.getFirst()).step();
    assertThat(accept.results().find(ID)).contains(new ChangeResult.Done(false, Optional.empty()));
  }

  /** What comes of a majority's promises, all of them stable. */
  private List<Effect> promisesFor(boolean isAgain) {
    var stood = record("v", PEERS_PROCESS, 5);
    var propose = new Request.Propose(MINE, REMOVE_IF_OTHER, ID, 0, isAgain,
        new Terms(Level.STRONG, 0, PROPOSAL_TIMEOUT));
    var begun = forwarded(77, propose);
    assertThat(begun).contains(announce(Event.STRONG));
    var held = promised(new Ballot(5, PEERS_PROCESS), stood, Envelope.EMPTY, stood);
    stores(1, held(stood));
    stores(2, held);
    return answers(3, held);
  }

  private static boolean isAcceptance(Effect effect) {
    return effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
        && perform.step() instanceof AcceptorStep.Accept;
  }
}
