package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.PeerMessage.Together;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands on a thousand keys, and what they cost each peer. */
class BatchTranscriptTest extends Transcript {
  private static final int KEYS = 1_000;
  private static final long ORIGIN = 5;
  private static final List<Key> ALL = IntStream.range(0, KEYS).mapToObj(i -> Key.of(Bytes.of("key" + i))).toList();
  private static final StoredRecord HELD = record("value", 9, 1);

  @BeforeEach
  void leaveRoom() {
    coordinator = coordinator(THREE, KEYS, B, C);
  }

  @Test
  void aReadOfAThousandKeysIsOneMessageToEachPeer() {
    var effects = askAll(reads());
    assertThat(stores(effects)).hasSize(KEYS);
    var sends = sends(effects);
    assertThat(sends).hasSize(2).containsOnlyKeys(B, C);
    assertThat(sends.get(B).parts().size() + sends.get(C).parts().size()).isEqualTo(KEYS);
    assertThat(keys(sends.get(B))).isEqualTo(ALL.stream().filter(key -> nextTo(key).equals(B)).toList());
    assertThat(keys(sends.get(C))).isEqualTo(ALL.stream().filter(key -> nextTo(key).equals(C)).toList());
  }

  @Test
  void aReadOfAThousandKeysEndsWithTheSecondPeersOneAnswer() {
    var effects = askAll(reads());
    var sends = sends(effects);
    says(storeAnswers(effects, HELD));
    assertThat(coordinator.onPeerMessage(0, heldBy(sends.get(B)), now)).hasSize(sends.get(B).parts().size());
    assertThat(coordinator.onPeerMessage(0, heldBy(sends.get(C)), now)).hasSize(sends.get(C).parts().size())
        .allMatch(effect -> effect instanceof Effect.Reply reply && reply.outcome().equals(found(HELD)));
    nothingIsOpen();
  }

  @Test
  void aWriteOfAThousandKeysIsOneMessageToEachPeerOnceTheOwnStoreHasAnswered() {
    coordinator = coordinator(THREE, 5 * KEYS, B, C);
    var puts = askAll(writes());
    assertThat(puts).hasSize(KEYS);
    var effects = storedAll(puts);
    assertThat(effects).hasSize(2);
    var sends = sends(effects);
    assertThat(keys(sends.get(B))).isEqualTo(ALL);
    assertThat(keys(sends.get(C))).isEqualTo(ALL);
    var replies = coordinator.onPeerMessage(0, mergedBy(sends.get(B)), now);
    assertThat(replies).hasSize(KEYS)
        .allMatch(effect -> effect instanceof Effect.Reply reply && reply.outcome() instanceof Outcome.Written);
    coordinator.onPeerMessage(0, mergedBy(sends.get(C)), now);
    nothingIsOpen();
  }

  @Test
  void aPeerAnswersOneMessageWithOne() {
    var asked = new Together(IntStream.range(0, KEYS).<PeerMessage.Single>mapToObj(
        i -> new PeerMessage.Perform(i, now.wallMillis(), 0, new StoreStep.Fetch(ALL.get(i), 16))).toList());
    var effects = coordinator.onPeerMessage(ORIGIN, asked, now);
    assertThat(effects).hasSize(KEYS);
    says(storeAnswers(effects, HELD), new Effect.Answer(ORIGIN, new Together(LongStream
        .range(0, KEYS).<PeerMessage.Single>mapToObj(id -> new PeerMessage.Performed(id, 0, held(HELD))).toList())));
    nothingIsOpen();
  }

  @Test
  void aWriteOfManyKeysOfOtherReplicasIsForwardedInOneMessageAndItsOutcomesComeInOne() {
    coordinator = coordinator(ring(1, B), KEYS, B);
    var forwards = sends(askAll(writes())).get(B);
    assertThat(forwards.parts()).hasSize(KEYS).allMatch(part -> part instanceof PeerMessage.Forward);
    var outcome = written(HELD);
    var done = new Together(forwards.parts()
        .stream().<PeerMessage.Single>map(part -> new PeerMessage.Forwarded(part.id(), 0, outcome)).toList());
    assertThat(coordinator.onPeerMessage(0, done, now)).isEqualTo(
        IntStream.range(0, KEYS).mapToObj(i -> new Effect.Reply(i, outcome)).toList());
    nothingIsOpen();
  }

  @Test
  void oneKeysFailureDoesNotHideTheOthers() {
    var puts = askAll(writes().subList(0, 3));
    List<StoreAnswer> answers = List.of(stored(HELD), failed(StoreAnswer.Cause.DISK, "full"), stored(HELD));
    var effects = coordinator.onStored(tickets(puts), answers, now);
    assertThat(effects).contains(new Effect.Reply(1, new Outcome.Refused(Reason.DISK, "full"))).hasSize(3);
    var parts = sends(effects).get(B).parts();
    says(coordinator.onPeerMessage(0, mergedBy(new Together(parts)), now), new Effect.Reply(0, written(HELD)),
        new Effect.Reply(2, written(HELD)));
  }

  @Test
  void aPartThatDoesNotLeaveFailsByItself() {
    var effects = askAll(writes().subList(0, 2));
    var parts = sends(storedAll(effects)).get(B).parts();
    var kept = coordinator.onUndelivered(parts.getFirst().id(), now);
    assertThat(kept).hasSize(1)
        .allMatch(effect -> effect instanceof Effect.Store it && it.step() instanceof HintStep.Keep);
    says(coordinator.onPeerMessage(0, new PeerMessage.Performed(parts.getLast().id(), 0, merged()), now),
        new Effect.Reply(1, written(HELD)));
    assertThat(coordinator.open()).isEqualTo(2);
  }

  @Test
  void theFirstThatDoNotFitAreRefusedByThemselves() {
    coordinator = coordinator(THREE, 2, B, C);
    var effects = askAll(reads().subList(0, 4));
    var busy = new Outcome.Refused(Reason.BUSY, "more than 2 requests are waiting");
    assertThat(effects).contains(new Effect.Reply(2, busy), new Effect.Reply(3, busy));
    assertThat(stores(effects)).hasSize(2);
  }

  @Test
  void partsThatCameLateAreRefusedAndTheOthersDone() {
    long late = now.wallMillis() - SKEW - 1;
    var asked = new Together(List.of(new PeerMessage.Perform(1, late, 0, fetch()),
        new PeerMessage.Perform(2, now.wallMillis(), 0, fetch())));
    says(coordinator.onPeerMessage(ORIGIN, asked, now), announce(Event.REFUSED_LATE),
        new Effect.Answer(ORIGIN, new PeerMessage.Performed(1, 0,
            failed(StoreAnswer.Cause.LATE, "the request arrived after its deadline"))),
        store(0, fetch()));
  }

  @Test
  void theLatestClockOfAllPartsIsFollowed() {
    long near = Hlc.atMillis(now.wallMillis() + SKEW);
    says(coordinator.onPeerMessage(0, new Together(List.of(new PeerMessage.Performed(1, near, merged()),
        new PeerMessage.Performed(2, 0, merged()))), now));
    says(askAll(writes().subList(0, 1)), store(1,
        new StoreStep.Put(ALL.getFirst(), Content.of(Bytes.of("value")), Causality.BLIND, near)));
  }

  private List<Effect> askAll(List<Request> requests) {
    return coordinator.onRequests(LongStream.range(0, requests.size()).toArray(), requests, now);
  }

  private static List<Request> reads() {
    return ALL.stream().<Request>map(key -> new Request.Read(key, Level.QUORUM)).toList();
  }

  private static List<Request> writes() {
    return ALL.stream().<Request>map(key -> Request.Write.blind(key, Content.of(Bytes.of("value")), Level.QUORUM))
        .toList();
  }

  private List<Effect> storeAnswers(List<Effect> effects, StoredRecord record) {
    var tickets = tickets(effects);
    return coordinator.onStored(tickets, Stream.generate(() -> held(record)).limit(tickets.length).toList(), now);
  }

  private List<Effect> storedAll(List<Effect> effects) {
    var tickets = tickets(effects);
    return coordinator.onStored(tickets, Stream.generate(() -> stored(HELD)).limit(tickets.length).toList(), now);
  }

  private static List<Effect.Store> stores(List<Effect> effects) {
    return effects.stream().filter(effect -> effect instanceof Effect.Store).map(effect -> (Effect.Store) effect)
        .toList();
  }

  private static long[] tickets(List<Effect> effects) {
    return stores(effects).stream().mapToLong(Effect.Store::ticket).toArray();
  }

  /** By receiver; fails if one is sent two. */
  private static TreeMap<NodeId, Together> sends(List<Effect> effects) {
    var sends = new TreeMap<NodeId, Together>();
    for (var effect : effects) {
      if (effect instanceof Effect.Send send) {
        assertThat(sends.put(send.to(), (Together) send.message())).isNull();
      }
    }
    return sends;
  }

  private static List<Key> keys(Together together) {
    var keys = new ArrayList<Key>();
    for (var part : together.parts()) {
      keys.add(((StoreStep.OnKey) ((PeerMessage.Perform) part).step()).key());
    }
    return keys;
  }

  private static NodeId nextTo(Key key) {
    return THREE.preferenceList(key.slot()).nodes().stream().filter(node -> !node.equals(SELF)).findFirst()
        .orElseThrow();
  }

  private static Together heldBy(Together asked) {
    return answered(asked, held(HELD));
  }

  private static Together mergedBy(Together asked) {
    return answered(asked, merged());
  }

  private static Together answered(Together asked, StoreAnswer answer) {
    return new Together(asked.parts()
        .stream().<PeerMessage.Single>map(part -> new PeerMessage.Performed(part.id(), 0, answer)).toList());
  }
}
