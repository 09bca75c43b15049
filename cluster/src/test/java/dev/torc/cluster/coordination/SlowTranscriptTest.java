package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect.Event;
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

  /** Three ids are used, and a fourth when the third replica is asked. */
  private void sleeps() {
    ask(read(Level.QUORUM));
    stores(1, held(HELD));
    says(afterMillis(LATE + 8), announce(Event.ASKED_MORE), send(THIRD, 3, fetchIfSmall()));
    says(answers(3, held(HELD)), reply(found(HELD)));
    nextId = 4;
  }

  private void readAll() {
    ask(read(Level.ALL));
    stores(nextId + 1, held(HELD));
    answers(nextId + 2, held(HELD));
    answers(nextId + 3, held(HELD));
    nextId += 4;
  }
}
