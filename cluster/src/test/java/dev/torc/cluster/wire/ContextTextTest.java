package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ContextTextTest {
  private static final Bytes KEY = Bytes.of("key");
  private static final Context SEEN = new Context(
      VersionVector.ofSorted(new long[] {-5, 3, 9}, new long[] {7, 8, 1L << 60}), Optional.of(new Dot(3, 99)));

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static Context arbitrary(RandomGenerator random) {
    var actors = random.longs(random.nextInt(6)).distinct().sorted().toArray();
    var version = VersionVector.ofSorted(actors, random.longs(actors.length, 1, Long.MAX_VALUE).toArray());
    var dot = new Dot(random.nextLong(), random.nextLong(1, Long.MAX_VALUE));
    return random.nextBoolean() || version.covers(dot)
        ? Context.of(version)
        : new Context(version, Optional.of(dot));
  }

  @Test
  void aContextComesBackAsItLeft() {
    for (long seed = 0; seed < 2_000; seed++) {
      var context = arbitrary(seeded(seed));
      assertThat(ContextText.read(ContextText.write(context, KEY), KEY)).isEqualTo(new ContextText.Good(context));
    }
  }

  @Test
  void nothingSeenIsTheEmptyText() {
    assertThat(ContextText.write(Context.NOTHING, KEY)).isEqualTo(Bytes.EMPTY);
    assertThat(ContextText.read(Bytes.EMPTY, KEY)).isEqualTo(new ContextText.Good(Context.NOTHING));
  }

  @Test
  void aContextIsOfLettersThatEverythingPassesOn() {
    assertThat(ContextText.write(SEEN, KEY).text()).matches("[A-Za-z0-9_-]+");
  }

  /** Base64 leaves bits of the last letter unused, so that several texts mean the same bytes; only the one that was written is taken. */
  @Test
  void aContextHasOneText() {
    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int spare = 0;
    for (long seed = 0; seed < 200; seed++) {
      var text = ContextText.write(arbitrary(seeded(seed)), KEY).text();
      if (text.length() % 4 != 0) {
        spare++;
        char other = letters.charAt(letters.indexOf(text.charAt(text.length() - 1)) ^ 1);
        var altered = Bytes.of(text.substring(0, text.length() - 1) + other);
        assertThat(ContextText.read(altered, KEY)).isEqualTo(new ContextText.Bad("the text is damaged"));
        assertThat(ContextText.read(Bytes.of(text + "="), KEY)).isInstanceOf(ContextText.Bad.class);
      }
    }
    assertThat(spare).isPositive();
  }

  @Test
  void theContextOfAnotherKeyIsNone() {
    var text = ContextText.write(SEEN, KEY);
    assertThat(ContextText.read(text, Bytes.of("kez")))
        .isEqualTo(new ContextText.Bad("the context is damaged, or it is one of another key"));
  }

  @Test
  void aSessionTokenIsNoContext() {
    var token = SealedText.write(SealedText.Kind.SESSION, new ByteWriter(16).i64(1), KEY);
    assertThat(ContextText.read(token, KEY))
        .isEqualTo(new ContextText.Bad("this is a session token, wanted is a context"));
  }

  @Test
  void aTextThatWasCutIsNone() {
    var text = ContextText.write(SEEN, KEY);
    for (int size = 1; size < text.size(); size++) {
      assertThat(ContextText.read(text.slice(0, size), KEY)).isInstanceOf(ContextText.Bad.class);
    }
  }

  @Test
  void aTextOfWhichOneLetterIsAnotherIsNone() {
    var text = ContextText.write(SEEN, KEY);
    var random = seeded(4711);
    for (int i = 0; i < text.size() - 1; i++) {
      byte[] changed = text.array().clone();
      changed[i] = (byte) (changed[i] == 'A' ? 'B' : random.nextBoolean() ? 'A' : '?');
      assertThat(ContextText.read(Bytes.of(changed), KEY)).isInstanceOf(ContextText.Bad.class);
    }
  }

  @Test
  void noBytesMakeItThrow() {
    for (long seed = 0; seed < 20_000; seed++) {
      var random = seeded(seed);
      var bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      ContextText.read(Bytes.of(bytes), KEY);
      var body = new ByteWriter(80).raw(bytes, 0, bytes.length);
      ContextText.read(SealedText.write(SealedText.Kind.CONTEXT, body, KEY), KEY);
    }
  }

  @Test
  void aTextThatIsTooLongIsNotLookedAt() {
    byte[] letters = new byte[SealedText.MAX_CHARS + 1];
    Arrays.fill(letters, (byte) 'A');
    assertThat(ContextText.read(Bytes.of(letters), KEY))
        .isEqualTo(new ContextText.Bad("a context of 65537 bytes, allowed is 65536"));
  }
}
