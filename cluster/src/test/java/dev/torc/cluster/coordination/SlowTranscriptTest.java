package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replica that is up, and slow. */
class SlowTranscriptTest extends Transcript {
  private static final StoredRecord HELD = record("held", 9, 1);
  private static final List<NodeId> OTHERS = THREE.preferenceList(KEY.slot()).nodes().stream()
      .filter(node -> !node.equals(SELF)).toList();
  private static final NodeId SECOND = OTHERS.get(0);
  private static final NodeId THIRD = OTHERS.get(1);
  /** Of this transcript: the operation's own id is the first of each. */
  private long nextId;

  @Test
  void whoeverIsSilentIsAskedLast() {
    sleeps();
    says(ask(read(Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), store(5, fetch()), send(THIRD, 6, fetchIfSmall()));
  }

  @Test
  void whoeverAnswersLateIsAskedLast() {
    sleeps();
    answers(2, held(HELD));
    says(ask(read(Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), store(5, fetch()), send(THIRD, 6, fetchIfSmall()));
  }

  @Test
  void aSlowOneStillCountsAndIsAskedWhereAllAreNeeded() {
    sleeps();
    says(ask(read(Level.ALL)), announce(Event.SLOW_PASSED_OVER), store(5, fetch()), send(THIRD, 6, fetchIfSmall()),
        send(SECOND, 7, fetchIfSmall()));
  }

  @Test
  void someAnswersInTimeAndItIsSlowNoMore() {
    sleeps();
    answers(2, held(HELD));
    for (int i = 0; i < 3; i++) {
      readAll();
    }
    says(ask(read(Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), store(nextId + 1, fetch()),
        send(THIRD, nextId + 2, fetchIfSmall()));
    nextId += 3;
    readAll();
    says(ask(read(Level.QUORUM)), store(nextId + 1, fetch()), send(SECOND, nextId + 2, fetchIfSmall()));
  }

  @Test
  void thisNodeItselfIsAskedLastWhenItsDiskIsSlow() {
    ask(read(Level.QUORUM));
    answers(2, held(HELD));
    says(afterMillis(LATE + 8), announce(Event.ASKED_MORE), send(THIRD, 3, fetchIfSmall()));
    answers(3, held(HELD));
    says(ask(read(Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), send(SECOND, 5, fetch()),
        send(THIRD, 6, fetchIfSmall()));
  }

  @Test
  void aWriteIsCoordinatedByAnotherReplicaWhileThisNodesOwnDiskIsSlow() {
    ownDiskSleeps();
    says(ask(write("v", Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), forward(SECOND, 5));
    var outcome = written(HELD);
    says(coordinator.onPeerMessage(0, new PeerMessage.Forwarded(FIRST + 5, 0, outcome), now), reply(outcome));
  }

  @Test
  void whatCouldBeSentToNoOtherIsWrittenToTheSlowDisk() {
    ownDiskSleeps();
    ask(write("v", Level.QUORUM));
    says(undelivered(5), forward(THIRD, 6));
    says(undelivered(6), store(8, put("v")));
  }

  @Test
  void whereAllAreSlowThisNodeComesFirst() {
    coordinator = coordinator(THREE, 100, SECOND);
    ask(read(Level.QUORUM));
    afterMillis(LATE + 8);
    says(ask(write("v", Level.QUORUM)), store(4, put("v")));
  }

  @Test
  void whatAnotherHasSentOnIsNotSentOnAgain() {
    ownDiskSleeps();
    says(coordinator.onPeerMessage(3,
        new PeerMessage.Forward(9, now.wallMillis(), 0, write("v", Level.QUORUM)), now), store(5, put("v")));
  }

  @Test
  void thatTheOwnDiskIsSlowOrQuickIsSeenFromWhatOthersHaveItWrite() {
    isTold(0);
    afterMillis(LATE + 8);
    says(ask(write("v", Level.QUORUM)), announce(Event.SLOW_PASSED_OVER), forward(SECOND, 2));
    stores(0, merged());
    for (int i = 3; i < 7; i++) {
      says(ask(write("v", Level.ONE)), announce(Event.SLOW_PASSED_OVER),
          new Effect.Send(SECOND, new PeerMessage.Forward(FIRST + 3L * i - 5, now.wallMillis() + TIMEOUT, 0,
              write("v", Level.ONE))));
      isTold(3L * i - 4);
      stores(3L * i - 4, merged());
    }
    says(ask(write("v", Level.QUORUM)), store(16, put("v")));
  }

  @Test
  void whoSleptBlamesNobody() {
    ask(read(Level.QUORUM));
    now = now.plus(Latencies.ASLEEP_MILLIS + 1);
    stores(1, held(HELD));
    answers(2, held(HELD));
    says(ask(read(Level.QUORUM)), store(4, fetch()), send(SECOND, 5, fetchIfSmall()));
  }

  @Test
  void anotherIsAskedAsSoonAsOneIsLaterThanItEverWas() {
    for (int i = 0; i < Latency.ENOUGH; i++) {
      readAll();
    }
    ask(read(Level.QUORUM));
    stores(nextId + 1, held(HELD));
    says(afterMillis(Latencies.SOONEST_MILLIS + 8), announce(Event.ASKED_MORE),
        send(THIRD, nextId + 3, fetchIfSmall()));
  }

  @Test
  void aNearOneThatIsLateIsNotWaitedForAsLongAsAFarOneWouldBe() {
    for (int i = 0; i < Latency.ENOUGH; i++) {
      ask(read(Level.ALL));
      stores(nextId + 1, held(HELD));
      now = now.plus(40);
      answers(nextId + 2, held(HELD));
      answers(nextId + 3, held(HELD));
      nextId += 4;
    }
    ask(read(Level.QUORUM));
    says(afterMillis(Latencies.SOONEST_MILLIS + 8), announce(Event.ASKED_MORE),
        send(THIRD, nextId + 3, fetchIfSmall()));
    says(stores(nextId + 1, held(HELD)));
    says(answers(nextId + 2, held(HELD)), reply(found(HELD)));
    answers(nextId + 3, held(HELD));
    nextId += 4;

    ask(read(Level.QUORUM));
    stores(nextId + 1, held(HELD));
    says(afterMillis(Latencies.SOONEST_MILLIS + 8));
    says(afterMillis(20));
    says(afterMillis(20), announce(Event.ASKED_MORE), send(THIRD, nextId + 3, fetchIfSmall()));
  }

  /** Three ids are used, and a fourth when the third replica is asked. */
  private void sleeps() {
    ask(read(Level.QUORUM));
    stores(1, held(HELD));
    says(afterMillis(LATE + 8), announce(Event.ASKED_MORE), send(THIRD, 3, fetchIfSmall()));
    says(answers(3, held(HELD)), reply(found(HELD)));
    nextId = 4;
  }

  /** Four ids are used. */
  private void ownDiskSleeps() {
    ask(read(Level.QUORUM));
    answers(2, held(HELD));
    afterMillis(LATE + 8);
    says(answers(3, held(HELD)), reply(found(HELD)));
  }

  /** A peer coordinates a write, and this node is a replica. */
  private void isTold(long id) {
    says(coordinator.onPeerMessage(3, new PeerMessage.Perform(9, now.wallMillis(), 0, merge(HELD)), now),
        store(id, merge(HELD)));
  }

  private Effect forward(NodeId to, long id) {
    return new Effect.Send(to,
        new PeerMessage.Forward(FIRST + id, now.wallMillis() + TIMEOUT, 0, write("v", Level.QUORUM)));
  }

  private void readAll() {
    ask(read(Level.ALL));
    stores(nextId + 1, held(HELD));
    answers(nextId + 2, held(HELD));
    answers(nextId + 3, held(HELD));
    nextId += 4;
  }
}
