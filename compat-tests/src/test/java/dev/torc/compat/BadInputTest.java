package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Torc's own commands refuse, and that nothing is changed by it. */
@ExtendWith(SharedCluster.class)
class BadInputTest {
  private static final String KEY = "bad:key";
  private static final List<String> REFUSED_READS = List.of("R 4", "R 0", "R -1", "R 17", "R abc",
      "R 99999999999999999999", "LEVEL any", "LEVEL foo", "LEVEL 4", "LEVEL", "R", "LEVEL one R 1", "TIMEOUT 0",
      "TIMEOUT -1", "TIMEOUT 600001", "TIMEOUT abc", "MAXSTALE -1", "MAXSTALE 3600001", "AFTER zzz", "CONTEXT x", "NX");
  private static final List<String> REFUSED_WRITES = List.of("W 4", "W 0", "W -1", "W 17", "W abc",
      "W 99999999999999999999", "LEVEL foo", "LEVEL 4", "LEVEL one W 1", "TIMEOUT 0", "TIMEOUT 600001", "EX 0", "EX -1",
      "EX abc", "EX 1.5", "EX 9223372036854775807", "PX 0", "EXAT -1", "EX 5 PX 5", "EX 5 KEEPTTL", "NX", "GET",
      "CONTEXT zzz", "LEVEL strong CONTEXT AAAA", "R 1", "AFTER x");

  private RespSocket socket;
  private KvReply before;

  @BeforeEach
  void write() {
    socket = SharedCluster.get().connect(1);
    KvReply.call(socket, "KV.SET", KEY, "v", "EX", "1000", "CONTEXT",
        KvReply.call(socket, "KV.GET", KEY, "LEVEL", "ALL").context(), "LEVEL", "ALL");
    before = KvReply.call(socket, "KV.GET", KEY, "LEVEL", "ALL");
  }

  @AfterEach
  void nothingWasChanged() {
    var after = KvReply.call(socket, "KV.GET", KEY, "LEVEL", "ALL");
    assertThat(after.context()).isEqualTo(before.context());
    assertThat(after.siblings()).containsExactly("v");
    assertThat((long) socket.call("TTL", KEY)).isBetween(900L, 1_000L);
    socket.close();
  }

  private void assertRefused(String code, String... words) {
    Object reply = socket.call(words);
    assertThat(reply).as(String.join(" ", words)).isInstanceOf(ErrorReply.class);
    assertThat(((ErrorReply) reply).text()).as(String.join(" ", words)).startsWith(code + " ")
        .doesNotContain("Exception").hasSizeGreaterThan(code.length() + 5);
  }

  private static String[] words(List<String> command, String options) {
    return Stream.concat(command.stream(), Stream.of(options.split(" "))).toArray(String[]::new);
  }

  private static String code(String options) {
    return options.contains("zzz") ? "BADCONTEXT" : "ERR";
  }

  @Test
  void readsWithOptionsThatAreNoneAreRefused() {
    REFUSED_READS.forEach(options -> assertRefused(code(options), words(List.of("KV.GET", KEY), options)));
    assertRefused("ERR", "KV.GET");
    assertRefused("ERR", "KV.GET", KEY, "x");
  }

  @Test
  void writesWithOptionsThatAreNoneAreRefused() {
    REFUSED_WRITES.forEach(options -> assertRefused(code(options), words(List.of("KV.SET", KEY, "w"), options)));
    List.of("W 4", "W 0", "LEVEL foo", "EX 5", "NX", "CONTEXT zzz", "TIMEOUT 0")
        .forEach(options -> assertRefused(code(options), words(List.of("KV.DEL", KEY), options)));
    assertRefused("ERR", "KV.SET", KEY);
    assertRefused("ERR", "KV.DEL");
  }

  @Test
  void swapsWithoutAContextOfTheKeyAreRefused() {
    assertRefused("ERR", "KV.CAS", KEY, before.context());
    assertRefused("ERR", "KV.CAS", KEY, before.context(), "w", "EX", "0");
    assertRefused("ERR", "KV.CAS", KEY, before.context(), "w", "LEVEL", "one");
    assertRefused("BADCONTEXT", "KV.CAS", KEY, "v", "w");
    assertThat(KvReply.call(socket, "KV.CAS", KEY, "", "w").fields()).containsEntry("swapped", 0L);
  }

  @Test
  void aContextOfAnotherKeyOrACutOrForgedOneIsRefused() {
    String context = before.context();
    KvReply.call(socket, "KV.SET", "bad:other", "x");
    var foreign = KvReply.call(socket, "KV.GET", "bad:other").context();
    var bad = Stream.of(foreign, context + "A", "A" + context, context.substring(1), context + context,
        context.toUpperCase(java.util.Locale.ROOT), "A".repeat(31), "A".repeat(100_000), "\u0000\u0001", "=", "v");
    var cut = Stream.iterate(1, i -> i < context.length(), i -> i + 1).map(i -> context.substring(0, i));
    var forged = Stream.iterate(0, i -> i < context.length(), i -> i + 1)
        .map(i -> context.substring(0, i) + (context.charAt(i) == 'B' ? 'C' : 'B') + context.substring(i + 1));
    Stream.of(bad, cut, forged).flatMap(contexts -> contexts).forEach(wrong -> {
      assertRefused("BADCONTEXT", "KV.SET", KEY, "w", "CONTEXT", wrong);
      assertRefused("BADCONTEXT", "KV.DEL", KEY, "CONTEXT", wrong);
      assertRefused("BADCONTEXT", "KV.CAS", KEY, wrong, "w");
      assertRefused("BADCONTEXT", "KV.GET", KEY, "AFTER", wrong);
    });
  }

  @Test
  void aTokenOfASessionIsNoContextAndAContextIsNoToken() {
    try (var session = SharedCluster.get().connect(0)) {
      assertThat(session.call("KV.SESSION", "BEGIN")).isEqualTo("OK");
      session.call("GET", KEY);
      String token = (String) session.call("KV.SESSION", "TOKEN");
      assertRefused("BADCONTEXT", "KV.SET", KEY, "w", "CONTEXT", token);
      assertRefused("BADCONTEXT", "KV.CAS", KEY, token, "w");
    }
    for (var noToken : List.of(before.context(), "", "abc", "A".repeat(31), "A".repeat(100_000))) {
      Object reply = socket.call("KV.SESSION", "RESUME", noToken);
      assertThat(reply).as(noToken).isInstanceOf(ErrorReply.class);
    }
  }

  @Test
  void severalKeysWithACountThatDoesNotFitAreRefused() {
    for (var count : List.of("0", "-1", "3", "abc", "99999999999999999999", "2147483648", "1.5", "")) {
      assertRefused("ERR", "KV.MSET", count, KEY, "w", KEY, "x");
      assertRefused("ERR", "KV.MGET", count, KEY, "two");
    }
    assertRefused("ERR", "KV.MSET", "1", KEY, "w", "CONTEXT", before.context());
    assertRefused("ERR", "KV.MSET", "1", KEY, "w", "EX", "0");
    var refused = (List<?>) socket.call("KV.MSET", "1", KEY, "w", "W", "4");
    assertThat(refused.getFirst()).isEqualTo(new ErrorReply("ERR W 4 is more than the key's 3 replicas"));
  }

  @Test
  void levelsAndPoliciesThatAreNoneAreRefused() {
    for (var level : List.of("foo", "any", "0", "17", "-1", "")) {
      assertRefused("ERR", "KV.LEVEL", "READ", level);
      assertRefused("ERR", "KV.POLICY", "SET", "bad:policy:", "READ", level);
    }
    assertRefused("ERR", "KV.LEVEL", "READ");
    assertRefused("ERR", "KV.LEVEL", "READ", "one", "WRITE", "foo");
    assertThat(KvReply.call(socket, "KV.LEVEL").fields()).containsEntry("read", "default");
    for (var options : List.of("N 0", "N 17", "N abc", "MODE x", "CONFLICT x", "CONFLICT", "FOO 1", "N 3 N")) {
      assertRefused("ERR", words(List.of("KV.POLICY", "SET", "bad:policy:"), options));
    }
    assertRefused("ERR", "KV.POLICY", "SET", "x".repeat(257), "N", "3");
    assertRefused("ERR", "KV.POLICY", "FOO");
    assertThat(socket.call("KV.POLICY", "GET", "bad:policy:")).isNull();
  }

  @Test
  void strongCommandsOnWhatIsNoNumberChangeNothing() {
    for (var command : List.of("INCR", "DECR")) {
      assertRefused("ERR", command, KEY);
    }
    for (var command : List.of("INCRBY", "DECRBY", "INCRBYFLOAT")) {
      List.of("1", "abc", "9223372036854775808", "nan", "").forEach(by -> assertRefused("ERR", command, KEY, by));
    }
    List.of("-1", "abc", "536870912", "9223372036854775808")
        .forEach(offset -> assertRefused("ERR", "SETRANGE", KEY, offset, "w"));
    List.of("abc", "9223372036854775807", "-9223372036854775808", "1.5")
        .forEach(seconds -> assertRefused("ERR", "EXPIRE", KEY, seconds));
    assertRefused("ERR", "SETRANGE", KEY, Integer.toString(10 << 20), "w");
    assertThat(socket.call("SET", KEY, "w", "NX")).isNull();
    assertThat(socket.call("SET", KEY, "w", "IFEQ", "w")).isNull();
    assertThat(socket.call("DELIFEQ", KEY, "w")).isEqualTo(0L);
  }
}
