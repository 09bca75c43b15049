package dev.torc.cluster.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.PeerMessage.Single;
import dev.torc.cluster.message.PeerMessage.Together;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BundlesTest {
  private static final NodeId A = new NodeId(1);
  private static final NodeId B = new NodeId(2);
  private static final Effect STORE = new Effect.Store(1, new StoreStep.Count(List.of()));
  private static final Effect REPLY = new Effect.Reply(1, new Outcome.Flushed());

  @Test
  void aTurnWithOneMessageForEachIsLeftAsItIs() {
    for (var effects : List.of(List.<Effect>of(), List.of(send(A, small(1))), List.of(STORE, send(A, small(1)), REPLY),
        List.of(send(A, small(1)), send(B, small(2)), answer(1, small(3)), answer(2, small(4))))) {
      assertThat(Bundles.of(effects)).isSameAs(effects);
    }
  }

  @Test
  void whatGoesToOnePeerGoesTogetherInOrderWhereTheFirstWouldHaveGone() {
    says(List.of(STORE, send(A, small(1)), send(B, small(2)), REPLY, send(A, small(3)), STORE, send(A, small(4))),
        STORE, send(A, small(1), small(3), small(4)), send(B, small(2)), REPLY, STORE);
  }

  @Test
  void answersGoBackTogetherByTheirConnectionAndNotWithRequests() {
    says(List.of(answer(1, small(1)), answer(2, small(2)), send(A, small(3)), answer(1, small(4)), answer(2, small(5))),
        answer(1, small(1), small(4)), answer(2, small(2), small(5)), send(A, small(3)));
  }

  @Test
  void whatCarriesMuchGoesAloneAndIsNotPassed() {
    var large = ofBytes(9, Bundles.MOST_BYTES_OF_A_PART + 1);
    says(List.of(send(A, small(1)), send(A, small(2)), send(A, large), send(A, small(3)), send(A, large)),
        send(A, small(1), small(2)), send(A, large), send(A, small(3)), send(A, large));
  }

  @Test
  void aBundleThatHasEnoughIsFollowedByAnother() {
    int fit = Bundles.MOST_BYTES / Bundles.MOST_BYTES_OF_A_PART;
    var effects = LongStream.range(0, 2 * fit + 1).<Effect>mapToObj(
        id -> send(A, ofBytes(id, Bundles.MOST_BYTES_OF_A_PART))).toList();
    assertThat(Bundles.of(effects).stream().map(BundlesTest::parts)).containsExactly(fit, fit, 1);
  }

  @Test
  void aBundleHasNoMorePartsThanAMessageMayHave() {
    var effects = LongStream.range(0, Together.MAX_PARTS + 1L).<Effect>mapToObj(id -> send(A, small(id))).toList();
    assertThat(Bundles.of(effects).stream().map(BundlesTest::parts)).containsExactly(Together.MAX_PARTS, 1);
  }

  @Test
  void nothingIsLostDoubledOrOvertakenAndTakenApartItIsAsItWas() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      var effects = new ArrayList<Effect>();
      for (int id = random.nextInt(40); id > 0; id--) {
        effects.add(arbitrary(id, random));
      }
      var apart = Bundles.apart(Bundles.of(effects));
      assertThat(apart).containsExactlyInAnyOrderElementsOf(effects);
      for (var way : List.of(send(A, small(0)), send(B, small(0)), answer(1, small(0)), answer(2, small(0)))) {
        assertThat(towards(way, apart)).isEqualTo(towards(way, effects));
      }
      assertThat(Bundles.of(apart)).isEqualTo(Bundles.of(effects));
    }
  }

  private static Effect arbitrary(long id, SplittableRandom random) {
    var message = random.nextInt(4) == 0 ? ofBytes(id, 1 + random.nextInt(20_000)) : small(id);
    return switch (random.nextInt(6)) {
      case 0 -> new Effect.Store(id, new StoreStep.Count(List.of()));
      case 1 -> new Effect.Reply(id, new Outcome.Flushed());
      case 2 -> send(A, message);
      case 3 -> send(B, message);
      case 4 -> answer(1, message);
      default -> answer(2, message);
    };
  }

  private static List<Effect> towards(Effect way, List<Effect> effects) {
    return effects.stream().filter(effect -> switch (effect) {
      case Effect.Send send -> way instanceof Effect.Send wanted && wanted.to().equals(send.to());
      case Effect.Answer answer -> way instanceof Effect.Answer wanted && wanted.origin() == answer.origin();
      case Effect.Store store -> false;
      case Effect.Reply reply -> false;
      case Effect.Announce announce -> false;
      case Effect.Begin begin -> false;
    }).toList();
  }

  private static void says(List<Effect> effects, Effect... expected) {
    assertThat(Bundles.of(effects)).containsExactly(expected);
  }

  private static int parts(Effect effect) {
    return effect instanceof Effect.Send send && send.message() instanceof Together together
        ? together.parts().size()
        : 1;
  }

  private static Single small(long id) {
    return new PeerMessage.Performed(id, 0, new StoreAnswer.Counted(id));
  }

  private static Single ofBytes(long id, int valueBytes) {
    var record = StoredRecord.EMPTY.update(StoredRecord.EMPTY.version(), new Dot(1, 1),
        Content.of(Bytes.of(new byte[valueBytes - 1])));
    return new PeerMessage.Perform(id, 0, 0, new StoreStep.Merge(Key.of(Bytes.of("k")), record));
  }

  private static Effect send(NodeId to, Single... messages) {
    return new Effect.Send(to, message(messages));
  }

  private static Effect answer(long origin, Single... messages) {
    return new Effect.Answer(origin, message(messages));
  }

  private static PeerMessage message(Single... messages) {
    return messages.length == 1 ? messages[0] : new Together(List.of(messages));
  }
}
