package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrongCommandsTest {
  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory.resolve("node"), Map.of("client.max-bulk", "1 KiB"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    client = node.connect();
    assertThat(client.ask("FLUSHALL")).isEqualTo("+OK");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void severalKeysAreSetAllOrNone() {
    assertThat(client.askAll("MSETNX {t}a 1 {t}b 2", "MSETNX {t}b 3 {t}c 4", "MSETNX d 1",
        "MSETNX d 2", "MSETNX {t}e 1 {t}e 2", "GET {t}e"))
        .containsExactly(":1", ":0", ":1", ":0", ":1", "'2'");
    assertThat(client.askAll("GET {t}a", "GET {t}b", "GET {t}c", "GET d")).containsExactly("'1'", "'2'", "nil", "'1'");
  }

  @Test
  void aKeyIsRenamedWithItsExpiry() {
    assertThat(client.askAll("SET {t}a 1 EX 100", "SET {t}b 2", "RENAME {t}a {t}b", "GET {t}a", "GET {t}b", "TTL {t}b",
        "RENAME {t}a {t}b", "GET {t}b")).containsExactly("+OK", "+OK", "+OK", "nil", "'1'", ":100", "-ERR no such key",
            "'1'");
    assertThat(client.askAll("SET {t}c 3", "RENAMENX {t}c {t}b", "RENAMENX {t}c {t}d", "MGET {t}b", "GET {t}d"))
        .contains(":0", ":1", "'3'");
    assertThat(client.askAll("RENAME {t}b {t}b", "RENAMENX {t}b {t}b", "RENAME x x", "RENAMENX x x"))
        .containsExactly("+OK", ":0", "-ERR no such key", "-ERR no such key");
  }

  @Test
  void aKeyIsCopiedWithItsExpiryOverAnotherOnlyIfToldTo() {
    assertThat(client.askAll("COPY {t}a {t}b", "SET {t}a 1 EX 100", "COPY {t}a {t}b", "TTL {t}b", "SET {t}a 2",
        "COPY {t}a {t}b", "COPY {t}a {t}b REPLACE", "GET {t}a", "GET {t}b", "TTL {t}b"))
        .containsExactly(":0", "+OK", ":1", ":100", "+OK", ":0", ":1", "'2'", "'2'", ":-1");
  }

  @Test
  void keysOfDifferentSlotsAreRefused() {
    for (var command : new String[] {"MSETNX a 1 b 2", "RENAME a b", "RENAMENX a b", "COPY a b"}) {
      assertThat(client.ask(command)).isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot");
    }
  }

  @Test
  void valuesThatWouldNotTravelTogetherAreRefused() {
    var value = "x".repeat(600);
    assertThat(client.ask("MSETNX {t}a " + value + " {t}b " + value)).startsWith("-ERR the values of one MSETNX");
    assertThat(client.ask("EXISTS {t}a {t}b")).isEqualTo(":0");
  }

  @Test
  void setWithAConditionIsDoneOrAnswersNil() {
    assertThat(client.askAll("SET a 1 XX", "SET a 1 NX", "SET a 2 NX", "SET a 3 XX", "SET a 4 IFEQ 9",
        "SET a 5 IFEQ 3", "GET a")).containsExactly("nil", "+OK", "nil", "+OK", "nil", "+OK", "'5'");
  }

  @Test
  void setWithGetAnswersTheValueBeforeDoneOrNot() {
    assertThat(client.askAll("SET a 1 GET", "SET a 2 GET", "SET a 3 NX GET", "GET a", "SET b 1 NX GET", "GET b"))
        .containsExactly("nil", "'1'", "'2'", "'2'", "nil", "'1'");
  }

  @Test
  void setWithAConditionTakesAnExpiryOrKeepsIt() {
    assertThat(client.askAll("SET a 1 NX EX 100", "TTL a", "SET a 2 XX KEEPTTL", "TTL a", "SET a 3 XX", "TTL a",
        "SET a 4 XX PXAT 1", "EXISTS a", "SET a 5 NX", "GET a"))
        .containsExactly("+OK", ":100", "+OK", ":100", "+OK", ":-1", "+OK", ":0", "+OK", "'5'");
  }

  @Test
  void setNxAndGetSetAnswerAsTheyAlwaysDid() {
    assertThat(client.askAll("SETNX a 1", "SETNX a 2", "GETSET a 3", "GETSET b 4", "GET a", "GET b"))
        .containsExactly(":1", ":0", "'1'", "nil", "'3'", "'4'");
  }

  @Test
  void getExReadsAndTouchesOnlyTheExpiry() {
    assertThat(client.askAll("GETEX a", "GETEX a EX 10", "SET a 1", "GETEX a", "TTL a", "GETEX a EX 100", "TTL a",
        "GETEX a PERSIST", "TTL a", "GETEX a PXAT 1", "GET a"))
        .containsExactly("nil", "nil", "+OK", "'1'", ":-1", "'1'", ":100", "'1'", ":-1", "'1'", "nil");
  }

  @Test
  void whatIsDeletedUnderAConditionIsCounted() {
    assertThat(client.askAll("GETDEL a", "SET a 1", "GETDEL a", "GETDEL a", "SET a 2", "DELEX a IFEQ 3",
        "DELIFEQ a 3", "DELEX a IFNE 3", "DELEX a", "SET a 4", "DELIFEQ a 4", "SET a 5", "DELEX a", "GET a"))
        .containsExactly("nil", "+OK", "'1'", "nil", "+OK", ":0", ":0", ":1", ":0", "+OK", ":1", "+OK", ":1", "nil");
  }

  @Test
  void aDigestIsAConditionToo() {
    client.ask("SET a hello");
    assertThat(client.askAll("SET a x IFDNE 9555e8555c62dcfd", "DELEX a IFDEQ 0000000000000000",
        "DELEX a IFDEQ 9555e8555c62dcfd", "GET a")).containsExactly("nil", ":0", ":1", "nil");
  }

  @Test
  void numbersAreAddedToAndWhatIsNotThereCountsAsZero() {
    assertThat(client.askAll("INCR a", "INCRBY a 41", "DECR a", "DECRBY a 100", "GET a", "INCRBYFLOAT b 10.5",
        "INCRBYFLOAT b 0.1", "INCRBYFLOAT b -5e3", "GET b"))
        .containsExactly(":1", ":42", ":41", ":-59", "'-59'", "'10.5'", "'10.6'", "'-4989.4'", "'-4989.4'");
  }

  @Test
  void whatIsNoNumberIsNotAddedToAndStays() {
    assertThat(client.askAll("SET a x", "INCR a", "INCRBYFLOAT a 1", "GET a", "SET b 9223372036854775807", "INCR b",
        "GET b", "DECRBY b -9223372036854775808"))
        .containsExactly("+OK", "-ERR value is not an integer or out of range", "-ERR value is not a valid float",
            "'x'", "+OK", "-ERR increment or decrement would overflow", "'9223372036854775807'",
            "-ERR decrement would overflow");
  }

  @Test
  void anAdditionKeepsTheExpiry() {
    assertThat(client.askAll("SET a 1 EX 100", "INCR a", "APPEND a 0", "TTL a", "GET a"))
        .containsExactly("+OK", ":2", ":2", ":100", "'20'");
  }

  @Test
  void appendAndSetRangeTellTheLength() {
    assertThat(client.askAll("APPEND a ab", "APPEND a cd", "SETRANGE a 1 xy", "GET a", "SETRANGE b 2 z", "STRLEN b"))
        .containsExactly(":2", ":4", ":4", "'axyd'", ":3", ":3");
  }

  @Test
  void aValueBecomesNoLongerThanAValueMayBe() {
    var error = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    client.ask("SET a " + "x".repeat(1020));
    assertThat(client.askAll("APPEND a 12345", "SETRANGE a 1023 12", "SETRANGE b 9223372036854775807 x", "STRLEN a",
        "EXISTS b", "APPEND a 1234")).containsExactly(error, error, error, ":1020", ":0", ":1024");
  }

  @Test
  void expiriesAreSetUnderTheirRulesAndTakenAway() {
    assertThat(client.askAll("EXPIRE a 10", "SET a 1", "EXPIRE a 100", "EXPIRE a 50 GT", "EXPIRE a 50 NX",
        "PEXPIRE a 200000 GT", "TTL a", "PERSIST a", "PERSIST a", "EXPIRE a 10 XX", "TTL a",
        "PEXPIREAT a 33177117420000", "PEXPIRETIME a", "EXPIREAT a 1", "GET a", "PERSIST a"))
        .containsExactly(":0", "+OK", ":1", ":0", ":0", ":1", ":200", ":1", ":0", ":0", ":-1", ":1",
            ":33177117420000", ":1", "nil", ":0");
  }

  @Test
  void anExpiryBeforeNowDeletes() {
    assertThat(client.askAll("SET a 1", "EXPIRE a -1", "EXISTS a", "SET a 2", "PEXPIREAT a -5", "GET a"))
        .containsExactly("+OK", ":1", ":0", "+OK", ":1", "nil");
  }

  @Test
  void pipelinedChangesOfOneKeyHappenInTheirOrder() {
    var lines = IntStream.range(0, 200).mapToObj(i -> i % 4 == 3 ? "GET n" : "INCR n").toArray(String[]::new);
    var replies = client.askAll(lines);
    for (int i = 0; i < replies.size(); i++) {
      int sum = i - i / 4 + (i % 4 == 3 ? 0 : 1);
      assertThat(replies.get(i)).isEqualTo(i % 4 == 3 ? "'" + sum + "'" : ":" + sum);
    }
  }

  @Test
  void changesOfManyConnectionsAreAllCounted() {
    try (var other = node.connect(); var third = node.connect()) {
      var lines = IntStream.range(0, 100).mapToObj(i -> "INCR shared").toArray(String[]::new);
      client.send(lines);
      other.send(lines);
      third.send(lines);
      client.read(100);
      other.read(100);
      third.read(100);
      assertThat(client.ask("GET shared")).isEqualTo("'300'");
    }
  }

  @Test
  void resp3TellsWhatIsNotThereAsNull() {
    client.ask("HELLO 3");
    assertThat(client.askAll("SET a 1 XX", "GETDEL a", "INCR a")).containsExactly("null", "null", ":1");
  }
}
