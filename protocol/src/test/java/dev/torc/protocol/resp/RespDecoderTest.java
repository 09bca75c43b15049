package dev.torc.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.torc.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespDecoderTest {
  @Test
  void whatACommandAnnouncesIsKnownBeforeItComes() {
    var announcing = new RespDecoder(new RespLimits(1000, 1000, 1000));
    announcing.feed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$500\r\nvvv".getBytes(StandardCharsets.US_ASCII));
    assertThat(announcing.next()).isNull();
    assertThat(announcing.announcedBytes()).isBetween(504L, 700L);
    assertThat(announcing.bufferedBytes()).as("nothing is taken for it").isLessThan(250);
    announcing.feed(("v".repeat(497) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    assertThat(announcing.next()).hasSize(3);
    assertThat(announcing.announcedBytes()).isZero();
  }

  private static final RespLimits SMALL = new RespLimits(1000, 100, 200);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  /** Everything that comes out, and the error at the end where there is one. */
  private static List<String> decoded(RespDecoder decoder, byte[]... chunks) {
    var seen = new ArrayList<String>();
    try {
      for (var chunk : chunks) {
        decoder.feed(chunk.clone());
        for (var words = decoder.next(); words != null; words = decoder.next()) {
          seen.add(words.stream().map(Bytes::text).toList().toString());
        }
      }
    } catch (ProtocolException e) {
      seen.add(e.errorText());
    }
    return seen;
  }

  private static List<String> decoded(String text) {
    return decoded(new RespDecoder(SMALL), bytes(text));
  }

  @Test
  void aPipelineOfCommandsComesOutInOrder() {
    assertThat(decoded("*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\nget k\r\n"))
        .containsExactly("[PING]", "[SET, k, ]", "[get, k]");
  }

  @Test
  void aCommandSplitAtEveryByteDecodesTheSame() {
    var stream = bytes(
        "*2\r\n$3\r\nGET\r\n$5\r\na\r\nb\0\r\n*0\r\n\r\nset k \"a b\"\r\n*-1\r\n*1\r\n$4\r\nQUIT\r\n*1\r\nfoo\r\n");
    var whole = decoded(new RespDecoder(SMALL), stream);
    assertThat(whole).hasSize(4).last().isEqualTo("ERR Protocol error: expected '$', got 'f'");
    for (int i = 0; i <= stream.length; i++) {
      var halves = decoded(new RespDecoder(SMALL), Arrays.copyOfRange(stream, 0, i),
          Arrays.copyOfRange(stream, i, stream.length));
      assertThat(halves).as("split at %d", i).isEqualTo(whole);
    }
    var single = new byte[stream.length][];
    for (int i = 0; i < stream.length; i++) {
      single[i] = new byte[] {stream[i]};
    }
    assertThat(decoded(new RespDecoder(SMALL), single)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*0\r\n", "*-1\r\n", "\r\n", "\n", "   \r\n"})
  void nothingIsIgnored(String nothing) {
    assertThat(decoded(nothing + "ping\n")).containsExactly("[ping]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"*abc\\r\\n|invalid multibulk length",
      "*+1\\r\\n|invalid multibulk length", "*01\\r\\n|invalid multibulk length", "*\\r\\n|invalid multibulk length",
      "*101\\r\\n|invalid multibulk length", "*99999999999999999999\\r\\n|invalid multibulk length",
      "*1\\r\\n$-1\\r\\n|invalid bulk length", "*1\\r\\n$1001\\r\\n|invalid bulk length",
      "*1\\r\\n$x\\r\\n|invalid bulk length", "*1\\r\\nfoo|expected '$', got 'f'",
      "*1\\r\\n:1\\r\\n|expected '$', got ':'",
      "set \"a\\r\\n|unbalanced quotes in request", "set 'a\\r\\n|unbalanced quotes in request",
      "set \"a\"b\\r\\n|unbalanced quotes in request"})
  void garbageIsNamedToTheLetter(String input, String error) {
    assertThat(decoded(unescaped(input))).containsExactly("ERR Protocol error: " + error);
  }

  @ParameterizedTest
  @CsvSource({"*,too big mbulk count string", "'*1\\r\\n$',too big bulk count string", "x,too big inline request"})
  void aLineThatNeverEndsIsRefused(String begin, String error) {
    assertThat(decoded(unescaped(begin) + "1".repeat(201))).containsExactly("ERR Protocol error: " + error);
  }

  @Test
  void aStrangerGetsTheTightLimits() {
    var decoder = new RespDecoder(RespLimits.DEFAULT);
    decoder.authenticated(false);
    assertThat(decoded(decoder, bytes("*11\r\n")))
        .containsExactly("ERR Protocol error: unauthenticated multibulk length");
    var second = new RespDecoder(RespLimits.DEFAULT);
    second.authenticated(false);
    assertThat(decoded(second, bytes("*10\r\n$16385\r\n")))
        .containsExactly("ERR Protocol error: unauthenticated bulk length");
    var known = new RespDecoder(RespLimits.DEFAULT);
    assertThat(decoded(known, bytes("*11\r\n$16385\r\n"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r\n", "Host: localhost\r\n", "post x\n"})
  void aBrowserIsLeftWithoutAWord(String line) {
    var decoder = new RespDecoder(SMALL);
    decoder.feed(bytes(line));
    assertThat(catchThrowableOfType(ProtocolException.class, decoder::next).silent()).isTrue();
  }

  @Test
  void afterAnErrorTheMachineStaysFailedAndHoldsNothing() {
    var decoder = new RespDecoder(SMALL);
    decoder.feed(bytes("*x\r\nPING\r\n"));
    assertThatThrownBy(decoder::next).isInstanceOf(ProtocolException.class);
    decoder.feed(bytes("PING\r\n"));
    assertThatThrownBy(decoder::next).hasMessage("ERR Protocol error: invalid multibulk length");
    assertThat(decoder.bufferedBytes()).isZero();
  }

  @Test
  void memoryFollowsWhatCameAndNotWhatWasDeclared() {
    var decoder = new RespDecoder(RespLimits.DEFAULT);
    decoder.feed(bytes("*1048576\r\n$10485760\r\nabc"));
    assertThat(decoder.next()).isNull();
    assertThat(decoder.bufferedBytes()).isLessThan(1000);
  }

  @Test
  void aLongWordInSmallChunksHoldsAtMostTwiceItsBytes() {
    var decoder = new RespDecoder(RespLimits.DEFAULT);
    decoder.feed(bytes("*1\r\n$1000000\r\n"));
    var chunk = new byte[1000];
    for (int i = 0; i < 1000; i++) {
      assertThat(decoder.next()).isNull();
      decoder.feed(chunk.clone());
      assertThat(decoder.bufferedBytes()).isLessThan(2 * (i + 2) * 1000);
    }
    decoder.feed(bytes("\r\n"));
    assertThat(decoder.next().get(0).size()).isEqualTo(1_000_000);
    assertThat(decoder.bufferedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"set a b;[set, a, b]", "  set\t a  ;[set, a]",
      "set \"a b\" 'c d';[set, a b, c d]", "echo \"\\x41\\x4a\\q\";[echo, AJq]", "echo 'it\\'s';[echo, it's]",
      "echo \"\" '';[echo, , ]", "echo a\"b c\";[echo, ab c]", "echo \"\\xZZ\";[echo, xZZ]"})
  void aLineIsSplitByRedisRules(String line, String words) {
    assertThat(decoded(line + "\r\n")).containsExactly(words);
  }

  @Test
  void theEscapesOfDoubleQuotesAreC() {
    var decoder = new RespDecoder(SMALL);
    decoder.feed(bytes("echo \"\\n\\r\\t\\b\\a\\\"\\\\\"\n"));
    assertThat(decoder.next().get(1)).isEqualTo(Bytes.of("\n\r\t\b\u0007\"\\"));
  }

  @Test
  void randomBytesThrowNothingElseAndHoldBoundedMemory() {
    var alphabet = bytes("*$0123\r\n\r\n+-:\"'\\ xPING\0\u00ff");
    for (int seed = 0; seed < 3000; seed++) {
      var random = new SplittableRandom(seed);
      var decoder = new RespDecoder(SMALL);
      try {
        for (int i = 0; i < 50; i++) {
          var chunk = new byte[random.nextInt(1, 30)];
          for (int j = 0; j < chunk.length; j++) {
            chunk[j] = alphabet[random.nextInt(alphabet.length)];
          }
          decoder.feed(chunk);
          while (decoder.next() != null) {
            assertThat(decoder.bufferedBytes()).isLessThan(10_000);
          }
        }
      } catch (ProtocolException e) {
        assertThat(e.errorText()).startsWith("ERR Protocol error: ");
      }
    }
  }

  @Test
  void randomCommandsSurviveRandomCuts() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new SplittableRandom(seed);
      var decoder = new RespDecoder(RespLimits.DEFAULT);
      var expected = new ArrayList<List<Bytes>>();
      var stream = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        var words = new ArrayList<Bytes>();
        int count = random.nextInt(1, 6);
        stream.writeBytes(bytes("*" + count + "\r\n"));
        for (int j = 0; j < count; j++) {
          var word = new byte[random.nextInt(40)];
          random.nextBytes(word);
          words.add(Bytes.of(word));
          stream.writeBytes(bytes("$" + word.length + "\r\n"));
          stream.writeBytes(word);
          stream.writeBytes(bytes("\r\n"));
        }
        expected.add(words);
      }
      var all = stream.toByteArray();
      var seen = new ArrayList<List<Bytes>>();
      for (int at = 0; at < all.length;) {
        int to = Math.min(all.length, at + random.nextInt(1, 100));
        decoder.feed(Arrays.copyOfRange(all, at, to));
        at = to;
        if (random.nextBoolean() || at == all.length) {
          for (var words = decoder.next(); words != null; words = decoder.next()) {
            seen.add(words);
          }
        }
      }
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void aLimitIsChecked() {
    assertThatThrownBy(() -> new RespLimits(0, 1, 1)).hasMessageContaining("maxBulkBytes = 0");
  }
}
