package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One coordinator, told what happens, and what it wants done, word by word. Ids count from {@link #FIRST}: each operation takes one, then each
 * request to a replica or a store.
 */
abstract class Transcript {
  static final NodeId SELF = new NodeId(1);
  static final NodeId B = new NodeId(2);
  static final NodeId C = new NodeId(3);
  static final NodeId D = new NodeId(4);
  static final NodeId E = new NodeId(5);
  static final long FIRST = 1_000;
  static final long REQUEST = 77;
  static final long TIMEOUT = 1_000;
  static final long LATE = 50;
  static final long SKEW = 5_000;
  static final int LARGE = 16;
  static final Ring THREE = ring(3, SELF, B, C);
  static final Ring FIVE = ring(5, SELF, B, C, D, E);
  static final Key KEY = Key.of(Bytes.of("key"));
  static final StoredRecord NOTHING = StoredRecord.EMPTY;

  Moment now = new Moment(10_000, 1_000_000);
  Coordinator coordinator = coordinator(THREE, 100, B, C);

  Coordinator coordinator(Ring ring, int maxOpen, NodeId... live) {
    var config = new CoordinatorConfig(TIMEOUT, LATE, LARGE, maxOpen, SKEW);
    var made = new Coordinator(SELF, config, new HybridClock(0, SKEW), ring, () -> FIRST);
    for (var peer : live) {
      made.onPeerUp(peer);
    }
    return made;
  }

  static Ring ring(int replicas, NodeId... nodes) {
    var members = List.of(nodes).stream().map(id -> new RingMember(id, (int) id.value() - 1, 1, "", "")).toList();
    return Ring.of(members, replicas);
  }

  /** Five nodes, three replicas, at such places on the ring that this node is where it is wanted in the key's preference list; -1: not there. */
  static Ring ringWhereSelfIs(int place) {
    return IntStream.range(0, 200).mapToObj(start -> ringFrom(start))
        .filter(ring -> ring.preferenceList(KEY.slot()).indexOf(SELF) == place).findFirst().orElseThrow();
  }

  private static Ring ringFrom(int start) {
    var members = LongStream.rangeClosed(1, 5)
        .mapToObj(id -> new RingMember(new NodeId(id), start + (int) id, 1, "", "")).toList();
    return Ring.of(members, 3);
  }

  static Request.Read read(Level level) {
    return new Request.Read(KEY, level);
  }

  static Request.Write write(String value, Level level) {
    return Request.Write.blind(KEY, Content.of(Bytes.of(value)), level);
  }

  static StoreStep put(String value) {
    return new StoreStep.Put(KEY, Content.of(Bytes.of(value)), Causality.BLIND, 0);
  }

  static StoreStep fetch() {
    return new StoreStep.Fetch(KEY, StoreStep.Fetch.NO_LIMIT);
  }

  static StoreStep fetchIfSmall() {
    return new StoreStep.Fetch(KEY, LARGE);
  }

  static StoreStep merge(StoredRecord record) {
    return new StoreStep.Merge(KEY, record);
  }

  static StoreStep keep(NodeId owner, StoredRecord record) {
    return new HintStep.Keep(owner, KEY, record);
  }

  /** A record of one write. */
  static StoredRecord record(String value, long actor, long hlc) {
    return then(NOTHING, value, actor, hlc);
  }

  /** A write that has seen the record. */
  static StoredRecord then(StoredRecord record, String value, long actor, long hlc) {
    return record.update(record.version(), new Dot(actor, hlc), Content.of(Bytes.of(value)));
  }

  static StoreAnswer held(StoredRecord record) {
    return new StoreAnswer.Held(record);
  }

  static StoreAnswer heldVersion(VersionVector version) {
    return new StoreAnswer.HeldVersion(version, 1);
  }

  static StoreAnswer stored(StoredRecord record) {
    return new StoreAnswer.Stored(record.latest().orElseThrow().dot(), record, StoreAnswer.Before.NOTHING);
  }

  static StoreAnswer merged() {
    return new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);
  }

  static StoreAnswer failed(StoreAnswer.Cause cause, String reason) {
    return new StoreAnswer.Failed(cause, reason);
  }

  static Effect store(long id, StoreStep step) {
    return new Effect.Store(FIRST + id, step);
  }

  /** With the deadline of a request that is made now, by a clock that has seen nothing. */
  Effect send(NodeId to, long id, StoreStep step) {
    return send(to, id, 0, step);
  }

  Effect send(NodeId to, long id, long seenHlc, StoreStep step) {
    return new Effect.Send(to, new PeerMessage.Perform(FIRST + id, now.wallMillis() + TIMEOUT, seenHlc, step));
  }

  static Effect announce(Effect.Event event) {
    return new Effect.Announce(event);
  }

  static Effect reply(Outcome outcome) {
    return new Effect.Reply(REQUEST, outcome);
  }

  static Outcome found(StoredRecord record) {
    return found(record, 2);
  }

  static Outcome found(StoredRecord record, int replicas) {
    return new Outcome.Found(record, replicas, replicas > 1 ? 0 : Outcome.Found.UNKNOWN_AGE);
  }

  static Outcome written(StoredRecord record) {
    return written(record, 2);
  }

  static Outcome written(StoredRecord record, int replicas) {
    return new Outcome.Written(record.latest().orElseThrow().dot(), false, Context.of(record.version()), replicas);
  }

  List<Effect> ask(Request request) {
    return coordinator.onRequest(REQUEST, request, now);
  }

  List<Effect> stores(long id, StoreAnswer answer) {
    return coordinator.onStored(FIRST + id, answer, now);
  }

  /** A replica answers; whose answer it is follows from the id. */
  List<Effect> answers(long id, StoreAnswer answer) {
    return coordinator.onPeerMessage(0, new PeerMessage.Performed(FIRST + id, 0, answer), now);
  }

  List<Effect> undelivered(long id) {
    return coordinator.onUndelivered(FIRST + id, now);
  }

  List<Effect> afterMillis(long millis) {
    now = now.plus(millis);
    return coordinator.onTick(now);
  }

  List<Effect> timeOut() {
    return afterMillis(TIMEOUT + 8);
  }

  void nothingIsOpen() {
    assertThat(coordinator.open()).isZero();
    assertThat(coordinator.openCalls()).isZero();
  }

  void says(List<Effect> effects, Effect... expected) {
    assertThat(effects).containsExactly(expected);
  }
}
