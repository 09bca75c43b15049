package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.GossipMessage;
import dev.torc.cluster.message.GossipMessage.Ack;
import dev.torc.cluster.message.GossipMessage.Ack2;
import dev.torc.cluster.message.GossipMessage.Beat;
import dev.torc.cluster.message.GossipMessage.Ping;
import dev.torc.cluster.message.GossipMessage.Policies;
import dev.torc.cluster.message.GossipMessage.Pong;
import dev.torc.cluster.message.GossipMessage.State;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.GossipMessage.Want;
import dev.torc.cluster.message.Load;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberDigest;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.message.Suspicion;
import dev.torc.cluster.policy.PolicyGenerator;
import dev.torc.cluster.ring.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GossipCodecTest {

  @Test
  void whatIsWrittenIsRead() {
    for (int seed = 0; seed < 2_000; seed++) {
      GossipMessage message = message(new Random(seed));
      assertThat(GossipCodec.decode(GossipCodec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  void noMessageIsLongerThanTheSumOfItsMeasures() {
    for (int seed = 0; seed < 2_000; seed++) {
      GossipMessage message = message(new Random(seed));
      int sum = GossipCodec.overheadBytes(message.cluster()) + switch (message) {
        case Beat beat -> GossipCodec.sizeBytes(beat.sender()) + votes(beat.suspicions()) + size(beat.entries())
            + digests(beat.digests());
        case Syn syn -> size(syn.entries()) + digests(syn.digests());
        case Ack ack -> votes(ack.suspicions()) + size(ack.entries()) + digests(ack.beats()) + 8 * ack.wants().size();
        case Ack2 ack2 -> size(ack2.entries());
        case Want want -> 8 * want.wants().size();
        case State state -> size(state.entries()) + votes(state.suspicions());
        case Ping ping -> 17;
        case Pong pong -> 9 + GossipCodec.sizeBytes(pong.target());
        case Policies policies -> policies.entries().stream().mapToInt(PolicyCodec::sizeBytes).sum();
      };
      assertThat(GossipCodec.encode(message).length).isBetween(sum - 40, sum);
    }
  }

  @Test
  void anythingElseIsMalformedAndNothingWorse() {
    var random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = sealed(i % 3 == 0 ? random(random) : mutated(random, unsealed(message(random))));
      try {
        GossipCodec.encode(GossipCodec.decode(bytes));
      } catch (MalformedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(30_000);
  }

  /** What a network changed on the way may read well, and say that a node lives a later life. */
  @Test
  void everyFlippedBitIsNoticed() {
    var random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = GossipCodec.encode(message(random));
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> GossipCodec.decode(bytes)).isInstanceOf(MalformedException.class)
          .hasMessage("gossip whose checksum is wrong");
    }
  }

  private static byte[] unsealed(GossipMessage message) {
    byte[] whole = GossipCodec.encode(message);
    return Arrays.copyOf(whole, whole.length - 4);
  }

  private static byte[] sealed(byte[] body) {
    return GossipCodec.sealed(new ByteWriter(body.length + 4).raw(body, 0, body.length));
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] bytes = unsealed(
        new Syn("c", 7, 3, 9, 4, List.of(member(new Random(1))), List.of(digest(new Random(2)))));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = sealed(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> GossipCodec.decode(part)).isInstanceOf(MalformedException.class);
    }
  }

  private static byte[] random(Random random) {
    var bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    if (bytes.length > 2) {
      bytes[0] = 2;
      bytes[1] = (byte) (1 + random.nextInt(9));
    }
    return bytes;
  }

  private static byte[] mutated(Random random, byte[] bytes) {
    byte[] mutated = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 5) : bytes.length);
    for (int flips = random.nextInt(4); flips > 0 && mutated.length > 0; flips--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  private static GossipMessage message(Random random) {
    String cluster = text(random, 64);
    return switch (random.nextInt(9)) {
      case 0 ->
        new Syn(cluster, random.nextLong(), random.nextInt(5_000), random.nextLong(), random.nextLong(),
            list(random, () -> member(random)), list(random, () -> digest(random)));
      case 1 -> new Ack(cluster, random.nextLong(), list(random, () -> suspicion(random)),
          list(random, () -> member(random)), list(random, () -> digest(random)), list(random, () -> id(random)));
      case 2 -> {
        var policies = new PolicyGenerator(random.nextLong());
        yield new Policies(cluster, random.nextLong(), random.nextBoolean(), list(random, policies::entry));
      }
      case 3 -> new Beat(cluster, random.nextLong(), random.nextLong(), digest(random),
          list(random, () -> suspicion(random)), list(random, () -> member(random)),
          list(random, () -> digest(random)));
      case 4 -> new Want(cluster, list(random, () -> id(random)));
      case 5 -> new Ping(cluster, id(random), id(random), random.nextBoolean());
      case 6 -> new Pong(cluster, id(random), digest(random), random.nextBoolean());
      case 7 -> new State(cluster, list(random, () -> member(random)), list(random, () -> suspicion(random)));
      default -> new Ack2(cluster, list(random, () -> member(random)));
    };
  }

  private static NodeId id(Random random) {
    return new NodeId(random.nextLong());
  }

  private static Suspicion suspicion(Random random) {
    return new Suspicion(id(random), random.nextLong() >>> 1 + random.nextInt(63),
        random.nextLong() >>> 1 + random.nextInt(63), id(random));
  }

  private static <T> List<T> list(Random random, Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(4)).toList();
  }

  private static Member member(Random random) {
    MemberDigest digest = digest(random);
    int position = random.nextInt(4_000) - 1;
    return new Member(digest.id(), "n" + text(random, 63), digest.generation(), digest.version(), digest.heartbeat(),
        "h" + text(random, 254),
        1 + random.nextInt(65_535), 1 + random.nextInt(65_535), text(random, 64), text(random, 64),
        1 + random.nextInt(64),
        MemberState.values()[random.nextInt(3)], random.nextLong(), position,
        new Load(random.nextLong(), random.nextLong(), random.nextLong()));
  }

  private static MemberDigest digest(Random random) {
    return new MemberDigest(new NodeId(random.nextLong()), random.nextLong() >>> 1 + random.nextInt(63),
        random.nextLong() >>> 1 + random.nextInt(63),
        random.nextLong() >>> 1 + random.nextInt(63));
  }

  private static String text(Random random, int maxBytes) {
    var text = new StringBuilder();
    for (int length = random.nextInt(maxBytes / 2 + 1); length > 0; length--) {
      text.append(random.nextInt(5) == 0 ? 'é' : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static int digests(List<MemberDigest> digests) {
    return digests.stream().mapToInt(GossipCodec::sizeBytes).sum();
  }

  private static int votes(List<Suspicion> suspicions) {
    return suspicions.stream().mapToInt(GossipCodec::sizeBytes).sum();
  }

  private static int size(List<Member> members) {
    return members.stream().mapToInt(GossipCodec::sizeBytes).sum();
  }
}
