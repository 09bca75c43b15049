package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five nodes, three replicas: who stands in for whom, and what that counts. This node is the first replica, or, where a test says so, none. */
class SloppyTranscriptTest extends Transcript {
  private static final long HLC = 5 << 16;
  private static final StoredRecord MINE = record("v", 9, HLC);
  private static final StoredRecord OLD = record("old", 8, 1);
  private static final Ring RING = ringWhereSelfIs(0);
  private static final NodeId SECOND = RING.preferenceList(KEY.slot()).nodes().get(1);
  private static final NodeId THIRD = RING.preferenceList(KEY.slot()).nodes().get(2);
  private static final NodeId FOURTH = RING.fallbacks(KEY.slot()).get(0);
  private static final NodeId FIFTH = RING.fallbacks(KEY.slot()).get(1);

  @Test
  void withAllReplicasUpItIsWordForWordAQuorum() {
    for (var level : List.of(Level.QUORUM, Level.SLOPPY)) {
      live(SECOND, THIRD, FOURTH, FIFTH);
      says(ask(write("v", level)), store(1, put("v")));
      says(stores(1, stored(MINE)), send(SECOND, 2, HLC, merge(MINE)), send(THIRD, 3, HLC, merge(MINE)));
      says(answers(3, merged()), reply(written(MINE)));
      says(answers(2, merged()));
      nothingIsOpen();
      says(ask(read(level)), store(5, fetch()), send(SECOND, 6, HLC, fetchIfSmall()));
      says(stores(5, held(MINE)));
      says(answers(6, held(MINE)), reply(found(MINE)));
      nothingIsOpen();
    }
  }

  @Test
  void whatAReplicaThatIsDownCannotBeToldTheNextNodeHoldsAndThatCountsHereAndAtNoQuorum() {
    live(SECOND, FOURTH, FIFTH);
    ask(write("v", Level.SLOPPY));
    says(stores(1, stored(MINE)), send(SECOND, 2, HLC, merge(MINE)), send(FOURTH, 3, HLC, keep(THIRD, MINE)));
    says(answers(3, merged()), reply(written(MINE, 1)));
    says(answers(2, merged()));
    nothingIsOpen();

    live(SECOND, FOURTH, FIFTH);
    ask(write("v", Level.QUORUM));
    stores(1, stored(MINE));
    says(answers(3, merged()));
    says(answers(2, merged()), reply(written(MINE, 2)));
    nothingIsOpen();
  }

  @Test
  void withTheReplicasOfAMajorityDownItIsReachedAndAQuorumIsNot() {
    live(FOURTH, FIFTH);
    says(ask(write("v", Level.QUORUM)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level quorum needs 2 of the key's 3 replicas, 1 can be reached")));
    says(ask(write("v", Level.SLOPPY)), store(2, put("v")));
    says(stores(2, stored(MINE)), send(FOURTH, 3, HLC, keep(SECOND, MINE)), send(FIFTH, 4, HLC, keep(THIRD, MINE)));
    says(answers(4, merged()), reply(written(MINE, 1)));
    says(answers(3, merged()));
    nothingIsOpen();
  }

  @Test
  void ofNobodyInReachWhatIsMissingIsSaid() {
    live();
    says(ask(write("v", Level.SLOPPY)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level sloppy needs 2 nodes for the key's 3 replicas, 1 of these and 0 that could stand in can be reached")));
    says(ask(read(Level.SLOPPY)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level sloppy needs 2 nodes for the key's 3 replicas, 1 of these and 0 that could stand in can be reached")));
    says(ask(write("v", Level.ANY)), store(3, put("v")));
    says(stores(3, stored(MINE)), store(4, keep(SECOND, MINE)), store(5, keep(THIRD, MINE)), reply(written(MINE, 1)));
    stores(4, merged());
    stores(5, merged());
    nothingIsOpen();
  }

  @Test
  void whoeverIsSilentIsStoodInForAfterAWhileAndWhoComesLateStillCounts() {
    live(SECOND, THIRD, FOURTH, FIFTH);
    ask(write("v", Level.SLOPPY));
    stores(1, stored(MINE));
    says(afterMillis(490));
    now = now.plus(18);
    says(coordinator.onTick(now), sendAt(FOURTH, 4, keep(SECOND, MINE)), sendAt(FIFTH, 5, keep(THIRD, MINE)));
    says(answers(3, merged()), reply(written(MINE)));
    says(answers(5, merged()));
    says(answers(4, merged()));
    nothingIsOpen();
  }

  @Test
  void aReplicaAndItsStandInAreOneVoteAndANodeIsNeverTwo() {
    live(SECOND, THIRD, FOURTH);
    ask(new Request.Write(KEY, Content.of(Bytes.of("v")), false, Causality.BLIND,
        new Terms(Level.SLOPPY, 5, 0)));
    stores(1, stored(MINE));
    says(answers(2, merged()));
    says(answers(3, merged()), reply(written(MINE, 3)));
    live(THIRD, FOURTH);
    ask(new Request.Write(KEY, Content.of(Bytes.of("v")), false, Causality.BLIND,
        new Terms(Level.SLOPPY, 4, 0)));
    says(stores(1, stored(MINE)), store(2, keep(SECOND, MINE)), send(THIRD, 3, HLC, merge(MINE)),
        send(FOURTH, 4, HLC, merge(MINE)));
    says(answers(3, merged()));
    says(stores(2, merged()));
    says(answers(4, merged()), reply(written(MINE, 3)));
    nothingIsOpen();
  }

  @Test
  void whenAStandInFailsTheNextOneIsAskedAndAfterTheLastThisNodeHoldsItAndThatCountsNot() {
    live(FOURTH, FIFTH, SECOND);
    ask(write("v", Level.SLOPPY));
    stores(1, stored(MINE));
    says(answers(3, failed(StoreAnswer.Cause.DISK, "full")), sendAt(FIFTH, 4, keep(THIRD, MINE)));
    says(undelivered(4), store(5, keep(THIRD, MINE)));
    says(stores(5, merged()));
    says(answers(2, failed(StoreAnswer.Cause.DISK, "full")), store(6, keep(SECOND, MINE)),
        reply(new Outcome.Uncertain("1 of 2 acknowledged, the write may be applied")));
    stores(6, merged());
    nothingIsOpen();
  }

  @Test
  void whereNoReplicaCanBeReachedAnotherNodeStampsAndHoldsItButOnlyWhereThatCounts() {
    coordinator = outsider();
    says(ask(write("v", Level.ONE)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level one needs 1 of the key's 3 replicas, 0 can be reached")));
    var replicas = OUTSIDE.preferenceList(KEY.slot()).nodes();
    var other = OUTSIDE.fallbacks(KEY.slot()).stream().filter(node -> !node.equals(SELF)).findFirst().orElseThrow();
    says(ask(write("v", Level.SLOPPY)), store(3, new HintStep.PutKept(replicas, (StoreStep.Put) put("v"))));
    says(stores(3, stored(MINE)), send(other, 4, HLC, keep(replicas.get(1), MINE)),
        store(5, keep(replicas.get(2), MINE)));
    says(answers(4, merged()), reply(written(MINE, 0)));
    stores(5, merged());
    nothingIsOpen();
    says(ask(write("v", Level.ANY)), store(8, new HintStep.PutKept(replicas,
        new StoreStep.Put(KEY, Content.of(Bytes.of("v")), Causality.BLIND, HLC,
            ((StoreStep.Put) put("v")).limits()))));
  }

  @Test
  void aReadAsksAsManyStandInsAsThereAreTooFewReplicasForAndRepairsNone() {
    live(FOURTH, FIFTH);
    says(ask(read(Level.SLOPPY)), store(1, fetch()), send(FOURTH, 2, fetchKept(LARGE)));
    stores(1, held(OLD));
    var both = OLD.merge(MINE);
    says(answers(2, held(MINE)), announce(Event.REPAIRED_BEFORE_ANSWER), store(3, merge(both)));
    says(stores(3, merged()), announce(Event.SIBLINGS),
        reply(new Outcome.Found(both, 1, Outcome.Found.UNKNOWN_AGE)));
    nothingIsOpen();
    ask(read(Level.SLOPPY));
    stores(5, held(MINE));
    says(answers(6, held(NOTHING)), reply(new Outcome.Found(MINE, 1, Outcome.Found.UNKNOWN_AGE)));
    nothingIsOpen();
  }

  @Test
  void aReadOfWhichAReplicaFailsOrIsSilentAsksWhoStandsIn() {
    live(SECOND, FOURTH, FIFTH);
    says(ask(read(Level.SLOPPY)), store(1, fetch()), send(SECOND, 2, fetchIfSmall()));
    stores(1, held(MINE));
    says(answers(2, failed(StoreAnswer.Cause.DISK, "unreadable")), send(FOURTH, 3, fetchKept(LARGE)));
    now = now.plus(508);
    says(coordinator.onTick(now), sendAt(FIFTH, 4, fetchKept(LARGE)));
    says(answers(4, held(NOTHING)), reply(new Outcome.Found(MINE, 1, Outcome.Found.UNKNOWN_AGE)));
  }

  @Test
  void whoReadsStandsInItselfWhereItIsBehindTheReplicas() {
    var replicas = OUTSIDE.preferenceList(KEY.slot()).nodes();
    coordinator = coordinator(OUTSIDE, 100, replicas.get(1));
    says(ask(read(Level.SLOPPY)), send(replicas.get(1), 1, fetch()), store(2, fetchKept(replicas, LARGE)));
    says(answers(1, held(NOTHING)));
    says(stores(2, held(MINE)), announce(Event.REPAIRED_BEFORE_ANSWER), send(replicas.get(1), 3, merge(MINE)));
    says(answers(3, merged()), reply(new Outcome.Found(MINE, 1, Outcome.Found.UNKNOWN_AGE)));
    nothingIsOpen();
    says(ask(read(Level.QUORUM)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level quorum needs 2 of the key's 3 replicas, 1 can be reached")));
  }

  @Test
  void whereNoReplicaCanBeReachedWhoStandsInIsReadAsItIsWritten() {
    var replicas = OUTSIDE.preferenceList(KEY.slot()).nodes();
    var behind = OUTSIDE.fallbacks(KEY.slot());
    coordinator = outsider();
    var asked = new ArrayList<Effect>();
    for (int i = 0; i < 2; i++) {
      asked.add(behind.get(i).equals(SELF)
          ? store(i + 1, fetchKept(replicas, LARGE))
          : send(behind.get(i), i + 1, fetchKept(replicas, LARGE)));
    }
    assertThat(ask(read(Level.SLOPPY))).isEqualTo(asked);
    int own = behind.indexOf(SELF) + 1;
    says(stores(own, held(MINE)));
    says(answers(3 - own, held(NOTHING)), reply(new Outcome.Found(MINE, 0, Outcome.Found.UNKNOWN_AGE)));
    nothingIsOpen();
  }

  @Test
  void whoIsLeftAloneDoesNotReadWhatASecondWouldHaveToTell() {
    coordinator = coordinator(OUTSIDE, 100);
    says(ask(read(Level.SLOPPY)), reply(new Outcome.Refused(Reason.READ_LEVEL,
        "read level sloppy needs 2 nodes for the key's 3 replicas, 0 of these and 1 that could stand in can be reached")));
    says(ask(write("v", Level.SLOPPY)), reply(new Outcome.Refused(Reason.WRITE_LEVEL,
        "write level sloppy needs 2 nodes for the key's 3 replicas, 0 of these and 1 that could stand in can be reached")));
  }

  @Test
  void aSessionFindsItsWriteWhereItIsHeld() {
    live(SECOND, THIRD, FOURTH, FIFTH);
    var bound = new ReadBound(Context.of(MINE.version()), ReadBound.ANY_AGE, false);
    ask(new Request.Read(KEY, Terms.of(Level.SLOPPY), bound));
    stores(1, held(NOTHING));
    says(answers(2, held(NOTHING)), send(THIRD, 3, fetchIfSmall()), send(FOURTH, 4, fetchKept(LARGE)),
        send(FIFTH, 5, fetchKept(LARGE)));
    says(answers(5, held(MINE)), announce(Event.REPAIRED_BEFORE_ANSWER), store(6, merge(MINE)),
        send(SECOND, 7, merge(MINE)));
    assertThat(coordinator.open()).isOne();
  }

  private void live(NodeId... peers) {
    now = new Moment(10_000, 1_000_000);
    coordinator = coordinator(RING, 100, peers);
  }

  private static final Ring OUTSIDE = ringWhereSelfIs(-1);

  /** This node is no replica, none of the replicas can be reached, and one other node can. */
  private Coordinator outsider() {
    return coordinator(OUTSIDE, 100,
        OUTSIDE.fallbacks(KEY.slot()).stream().filter(node -> !node.equals(SELF)).findFirst().orElseThrow());
  }

  /** Of this moment, by a clock that has seen the write if there was one. */
  private Effect sendAt(NodeId to, long id, StoreStep step) {
    return send(to, id, step instanceof HintStep.Keep ? HLC : 0, step);
  }

  private static StoreStep fetchKept(int limit) {
    return fetchKept(RING.preferenceList(KEY.slot()).nodes(), limit);
  }

  private static StoreStep fetchKept(List<NodeId> replicas, int limit) {
    return new HintStep.FetchKept(KEY, replicas, limit);
  }
}
