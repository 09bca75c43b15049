package dev.torc.cluster.coordination;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each level asks of whom, and within what time. */
class LevelTranscriptTest extends Transcript {
  private static final long HLC = 5 << 16;
  private static final StoredRecord MINE = record("v", 9, HLC);
  private static final NodeId SECOND = THREE.preferenceList(KEY.slot()).nodes().stream().filter(n -> !n.equals(SELF))
      .toList().get(0);
  private static final NodeId THIRD = THREE.preferenceList(KEY.slot()).nodes().stream().filter(n -> !n.equals(SELF))
      .toList().get(1);

  @Test
  void aRequestsOwnTimeIsTheMessagesDeadlineAndTheOperationsEnd() {
    says(ask(readWithin(Level.QUORUM, 48)), store(1, fetch()), within(SECOND, 2, 48));
    stores(1, held(MINE));
    says(afterMillis(56),
        reply(new Outcome.Refused(Reason.READ_LEVEL, "read level quorum needs 2 replicas, 1 answered in 48 ms")));
    nothingIsOpen();
  }

  @Test
  void aWritesOwnTimeIsInTheTextToo() {
    ask(new Request.Write(KEY, Content.of(Bytes.of("v")), false, Causality.BLIND, new Terms(Level.QUORUM, 0, 40)));
    stores(1, stored(MINE));
    says(afterMillis(32), store(4, keep(SECOND, MINE)), store(5, keep(THIRD, MINE)));
    says(afterMillis(16), reply(new Outcome.Uncertain("1 of 2 acknowledged in 40 ms, the write may be applied")));
    nothingIsOpen();
  }

  @Test
  void whatNoNumberOfNodesCouldGiveIsRefusedForGood() {
    says(ask(read(new Level.Count(9))),
        reply(new Outcome.Refused(Reason.BAD_LEVEL, "R 9 is more than the key's 3 replicas")));
    says(ask(write("v", new Level.Count(4))),
        reply(new Outcome.Refused(Reason.BAD_LEVEL, "W 4 is more than the key's 3 replicas")));
    says(ask(new Request.Read(KEY, new Terms(new Level.Count(2), 1, 0), ReadBound.NONE)),
        reply(new Outcome.Refused(Reason.BAD_LEVEL, "R 2 is more than the key's 1 replicas")));
    coordinator = coordinator(ring(1, B, C), 100, B, C);
    says(ask(write("v", new Level.Count(2))),
        reply(new Outcome.Refused(Reason.BAD_LEVEL, "W 2 is more than the key's 1 replicas")));
    nothingIsOpen();
  }

  @Test
  void anyIsOneReplicaForAWriteAndNoLevelForARead() {
    ask(write("v", Level.ANY));
    says(stores(1, stored(MINE)), send(SECOND, 2, HLC, merge(MINE)), send(THIRD, 3, HLC, merge(MINE)),
        reply(written(MINE, 1)));
    says(ask(read(Level.ANY)), reply(
        new Outcome.Refused(Reason.BAD_LEVEL, "any is a level of writes; a read asks one replica at least")));
    answers(2, merged());
    answers(3, merged());
    nothingIsOpen();
  }

  @Test
  void aLocalQuorumAsksAndCountsOnlyWhoStandsHere() {
    coordinator = coordinator(split(5, SELF, B, C), 100, B, C, D, E);
    var order = split(5, SELF, B, C).preferenceList(KEY.slot()).nodes().stream()
        .filter(node -> node.equals(B) || node.equals(C)).toList();
    says(ask(read(Level.LOCAL_QUORUM)), store(1, fetch()), send(order.get(0), 2, fetchIfSmall()));
    stores(1, held(MINE));
    says(answers(2, held(MINE)), reply(new Outcome.Found(MINE, 2, Outcome.Found.UNKNOWN_AGE)));
    nothingIsOpen();
  }

  @Test
  void aLocalWriteGoesToAllAndIsAnsweredByThoseHere() {
    var ring = split(5, SELF, B, C);
    coordinator = coordinator(ring, 100, B, C, D, E);
    ask(write("v", Level.LOCAL_QUORUM));
    var others = ring.preferenceList(KEY.slot()).nodes().stream().filter(node -> !node.equals(SELF)).toList();
    says(stores(1, stored(MINE)), send(others.get(0), 2, HLC, merge(MINE)), send(others.get(1), 3, HLC, merge(MINE)),
        send(others.get(2), 4, HLC, merge(MINE)), send(others.get(3), 5, HLC, merge(MINE)));
    says(answers(2 + others.indexOf(D), merged()));
    says(answers(2 + others.indexOf(E), merged()));
    says(answers(2 + others.indexOf(C), merged()), reply(written(MINE, 2)));
  }

  @Test
  void aLocalQuorumThatCannotBeReachedIsNotMadeUpForElsewhere() {
    coordinator = coordinator(split(5, SELF, B, C), 100, D, E);
    says(ask(write("v", Level.LOCAL_QUORUM)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level local_quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    says(ask(read(Level.LOCAL_QUORUM)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level local_quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    nothingIsOpen();
  }

  @Test
  void whereNoReplicaStandsThereIsNoLocalQuorum() {
    coordinator = coordinator(elsewhere(), 100, B, C);
    var text = "level local_quorum: the key has no replica in the data centre 'here'";
    says(ask(read(Level.LOCAL_QUORUM)), reply(new Outcome.Refused(Reason.READ_LEVEL, text)));
    says(ask(write("v", Level.LOCAL_QUORUM)), reply(new Outcome.Refused(Reason.WRITE_LEVEL, text)));
    nothingIsOpen();
  }

  /** The named ones here, all others of the five there. */
  private static Ring split(int replicas, NodeId... here) {
    return Ring.of(List.of(SELF, B, C, D, E).stream()
        .map(id -> new RingMember(id, (int) id.value() - 1, 1, "", List.of(here).contains(id) ? "here" : "there"))
        .toList(), replicas);
  }

  /** A ring in which this node, alone in its data centre, holds nothing of the key. */
  private static Ring elsewhere() {
    for (int position = 0; position < 64; position++) {
      var ring = Ring.of(List.of(new RingMember(SELF, position, 1, "", "here"),
          new RingMember(B, 100, 1, "", "there"), new RingMember(C, 101, 1, "", "there")), 1);
      if (!ring.preferenceList(KEY.slot()).contains(SELF)) {
        return ring;
      }
    }
    throw new AssertionError();
  }

  private static Request.Read readWithin(Level level, long millis) {
    return new Request.Read(KEY, new Terms(level, 0, millis), ReadBound.NONE);
  }

  private Effect within(NodeId to, long id, long millis) {
    return new Effect.Send(to, new PeerMessage.Perform(FIRST + id, now.wallMillis() + millis, 0, fetchIfSmall()));
  }
}
