package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.version.StoredRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a deleted key is accepted once more by all, in a round of its own, and nothing is promised beyond it. */
class BuryTranscriptTest extends StrongTranscript {

  @Test
  void whatIsStableIsAcceptedOnceMoreAndNothingIsPromisedBeyond() {
    var left = firstOperation("v");
    says(ask(strong(new Change.Bury())), announce(Event.STRONG), store(14, fetchMine()), store(15, prepare(ballot(3))),
        asks(B, 16, hlc(3), prepare(ballot(3))), asks(C, 17, hlc(3), prepare(ballot(3))));
    var held = promised(ballot(0), left, firstResult(), left);
    stores(14, held(left));
    stores(15, held);
    var accept = accept(ballot(3), left, firstResult(), Ballot.NONE);
    says(answers(16, held), store(18, accept), asks(B, 19, hlc(3), accept), asks(C, 20, hlc(3), accept));
    stores(18, accepted());
    stores(19, accepted());
  }

  @Test
  void theNextOperationAsksForPromisesAgain() {
    var left = firstOperation("v");
    bury(left);
    says(ask(set("w")), announce(Event.STRONG), store(26, fetchMine()), store(27, prepare(ballot(4))),
        asks(B, 28, hlc(4), prepare(ballot(4))), asks(C, 29, hlc(4), prepare(ballot(4))));
  }

  private void bury(StoredRecord left) {
    ask(strong(new Change.Bury()));
    var held = promised(ballot(0), left, firstResult(), left);
    stores(14, held(left));
    stores(15, held);
    answers(16, held);
    stores(18, accepted());
    answers(19, accepted());
    stores(21, merged());
    for (int id : List.of(22, 23)) {
      answers(id, merged());
    }
    nothingIsOpen();
  }
}
