package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A coordinator that is no replica of the key. */
class ForwardTranscriptTest extends Transcript {
  private final List<NodeId> replicas = ring(3, B, C, D).preferenceList(KEY.slot()).nodes();

  @BeforeEach
  void standOutside() {
    coordinator = coordinator(ring(3, B, C, D), 100, B, C, D);
  }

  @Test
  void aWriteGoesToTheFirstReplicaAndItsOutcomeBack() {
    says(ask(write("v", Level.QUORUM)), forward(0, 1));
    var outcome = new Outcome.Written(new Dot(9, 1), true, Context.NOTHING, 2);
    says(forwarded(1, outcome), reply(outcome));
    nothingIsOpen();
  }

  @Test
  void anAnswerThatComesTwiceIsGivenOnce() {
    ask(write("v", Level.QUORUM));
    var outcome = new Outcome.Written(new Dot(9, 1), true, Context.NOTHING, 2);
    says(forwarded(1, outcome), reply(outcome));
    says(forwarded(1, outcome));
  }

  @Test
  void whatSurelyNeverLeftGoesToTheNext() {
    ask(write("v", Level.QUORUM));
    says(undelivered(1), forward(1, 2));
    says(undelivered(2), forward(2, 3));
    says(undelivered(3), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level quorum needs 2 of the key's 3 replicas, 0 can be reached")));
    nothingIsOpen();
  }

  @Test
  void whatMayHaveArrivedIsUncertainAndNotTriedAgain() {
    ask(write("v", Level.QUORUM));
    says(coordinator.onPeerDown(replicas.get(0), now), reply(
        new Outcome.Uncertain("the connection to the coordinating replica broke, the write may be applied")));
    nothingIsOpen();
  }

  @Test
  void whatIsNotAnsweredInTimeIsUncertain() {
    ask(write("v", Level.QUORUM));
    says(timeOut(), reply(
        new Outcome.Uncertain("the coordinating replica did not answer in 1000 ms, the write may be applied")));
    nothingIsOpen();
  }

  @Test
  void withoutAReplicaThatCanBeReachedNothingIsSent() {
    coordinator = coordinator(ring(3, B, C, D), 100);
    says(ask(write("v", Level.ONE)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level one needs 1 of the key's 3 replicas, 0 can be reached")));
  }

  @Test
  void aReadIsNotForwarded() {
    says(ask(read(Level.QUORUM)), send(replicas.get(0), 1, fetch()), send(replicas.get(1), 2, fetchIfSmall()));
  }

  private Effect forward(int place, long id) {
    var message = new PeerMessage.Forward(FIRST + id, now.wallMillis() + TIMEOUT, 0, write("v", Level.QUORUM));
    return new Effect.Send(replicas.get(place), message);
  }

  private List<Effect> forwarded(long id, Outcome outcome) {
    return coordinator.onPeerMessage(0, new PeerMessage.Forwarded(FIRST + id, 0, outcome), now);
  }
}
