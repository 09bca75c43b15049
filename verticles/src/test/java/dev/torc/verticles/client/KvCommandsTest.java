package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvCommandsTest {
  private static final Pattern CONTEXT = Pattern.compile("'context', '([A-Za-z0-9_-]*)'");
  private static final Pattern STALE = Pattern.compile("'stale', (nil|null|_|:0)");
  private static final Pattern WRITTEN = Pattern.compile("'written', :[0-9]{13,14}");

  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory.resolve("node"));
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

  /** A reply with what differs from run to run left out. */
  private String ask(String line) {
    return plain(client.ask(line));
  }

  private static String plain(String reply) {
    var withoutContext = CONTEXT.matcher(reply).replaceAll("'context', C");
    return STALE.matcher(WRITTEN.matcher(withoutContext).replaceAll("'written', T")).replaceAll("'stale', S");
  }

  private static String contextOf(String reply) {
    var found = CONTEXT.matcher(reply);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void aReadTellsTheValueItsContextItsSiblingsAndHowItWasReached() {
    client.ask("SET a 1");
    assertThat(ask("KV.GET a")).isEqualTo("['value', '1', 'context', C, 'siblings', "
        + "[['value', '1', 'ttl', :-1, 'written', T]], 'level', 'sloppy', 'replicas', :1, 'stale', S]");
    client.ask("HELLO 3");
    assertThat(ask("KV.GET a LEVEL one")).isEqualTo("{'value', '1', 'context', C, 'siblings', "
        + "[{'value', '1', 'ttl', :-1, 'written', T}], 'level', 'one', 'replicas', :1, 'stale', S}");
  }

  @Test
  void whatWasNeverWrittenHasTheEmptyContext() {
    assertThat(client.ask("KV.GET never-written"))
        .startsWith("['value', nil, 'context', '', 'siblings', [], 'level', 'sloppy'");
  }

  @Test
  void aWriteThatHasSeenLessLeavesASiblingAndOneThatHasSeenAllLeavesNone() {
    var first = contextOf(client.ask("KV.SET a 1"));
    client.ask("SET a 2");
    assertThat(ask("KV.SET a 3 CONTEXT " + first)).isEqualTo("['context', C, 'level', 'sloppy', 'replicas', :1]");
    var both = client.ask("KV.GET a");
    assertThat(plain(both)).startsWith("['value', '3', 'context', C, 'siblings', "
        + "[['value', '3', 'ttl', :-1, 'written', T], ['value', '2', 'ttl', :-1, 'written', T]]");
    client.ask("KV.SET a 4 CONTEXT " + contextOf(both));
    assertThat(plain(client.ask("KV.GET a")))
        .startsWith("['value', '4', 'context', C, 'siblings', [['value', '4', 'ttl', :-1, 'written', T]], ");
  }

  @Test
  void theContextOfAWriteCoversItAndNotTheSiblingThatItLeft() {
    var first = contextOf(client.ask("KV.SET a 1"));
    client.ask("SET a 2");
    var third = contextOf(client.ask("KV.SET a 3 CONTEXT " + first));
    client.ask("KV.SET a 4 CONTEXT " + third);
    assertThat(plain(client.ask("KV.GET a"))).contains("'value', '4', 'ttl'", "'value', '2', 'ttl'")
        .doesNotContain("'value', '3'");
  }

  @Test
  void aDeletionThatHasSeenLessIsASiblingWithoutAValue() {
    var first = contextOf(client.ask("KV.SET a 1"));
    client.ask("SET a 2 EX 100");
    assertThat(ask("KV.DEL a CONTEXT " + first))
        .isEqualTo("['deleted', :1, 'context', C, 'level', 'sloppy', 'replicas', :1]");
    assertThat(plain(client.ask("KV.GET a")).replaceAll(":(100000|9[0-9]{4})\\b", "LEFT")).startsWith(
        "['value', nil, 'context', C, 'siblings', [['value', nil, 'ttl', :-1, 'written', T], "
            + "['value', '2', 'ttl', LEFT, 'written', T]]");
    assertThat(client.ask("GET a")).isEqualTo("nil");
  }

  @Test
  void whatIsDeletedHasNoSiblings() {
    client.ask("SET a 1");
    assertThat(ask("KV.DEL a")).startsWith("['deleted', :1, ");
    assertThat(ask("KV.DEL a")).startsWith("['deleted', :0, ");
    assertThat(ask("KV.GET a")).startsWith("['value', nil, 'context', C, 'siblings', [], ");
  }

  @Test
  void casSwapsOnlyWhatItHasSeen() {
    assertThat(ask("KV.CAS a  1")).isEqualTo("['swapped', :1, 'value', nil, 'context', C]");
    assertThat(ask("KV.CAS a  2")).isEqualTo("['swapped', :0, 'value', '1', 'context', C]");
    var seen = contextOf(client.ask("KV.GET a"));
    assertThat(ask("KV.CAS a " + seen + " 3 EX 100")).isEqualTo("['swapped', :1, 'value', nil, 'context', C]");
    var lost = client.ask("KV.CAS a " + seen + " 4");
    assertThat(plain(lost)).isEqualTo("['swapped', :0, 'value', '3', 'context', C]");
    assertThat(ask("KV.CAS a " + contextOf(lost) + " 5 KEEPTTL"))
        .isEqualTo("['swapped', :1, 'value', nil, 'context', C]");
    assertThat(client.askAll("GET a", "TTL a")).containsExactly("'5'", ":100");
  }

  @Test
  void casIsUndoneByAPlainWriteInBetween() {
    var seen = contextOf(client.ask("KV.SET a 1"));
    client.ask("SET a 2");
    assertThat(ask("KV.CAS a " + seen + " 3")).isEqualTo("['swapped', :0, 'value', '2', 'context', C]");
    var now = contextOf(client.ask("KV.GET a"));
    client.ask("DEL a");
    assertThat(ask("KV.CAS a " + now + " 3")).isEqualTo("['swapped', :0, 'value', nil, 'context', C]");
    assertThat(client.ask("EXISTS a")).isEqualTo(":0");
  }

  @Test
  void atLevelStrongReadsAndWritesAreLinearizable() {
    assertThat(ask("KV.SET a 1 LEVEL strong")).isEqualTo("['context', C, 'level', 'strong', 'replicas', :1]");
    assertThat(ask("KV.GET a LEVEL strong")).isEqualTo("['value', '1', 'context', C, 'siblings', "
        + "[['value', '1', 'ttl', :-1, 'written', T]], 'level', 'strong', 'replicas', :1, 'stale', S]");
    assertThat(ask("KV.SET a 2 LEVEL strong EX 100")).startsWith("['context', C, 'level', 'strong'");
    assertThat(client.askAll("GET a", "TTL a")).containsExactly("'2'", ":100");
    assertThat(ask("KV.DEL a LEVEL strong"))
        .isEqualTo("['deleted', :1, 'context', C, 'level', 'strong', 'replicas', :1]");
    assertThat(ask("KV.DEL a LEVEL strong")).startsWith("['deleted', :0, ");
  }

  @Test
  void aContextAtLevelStrongIsWhatCasIsFor() {
    var seen = contextOf(client.ask("KV.SET a 1"));
    assertThat(client.askAll("KV.SET a 2 LEVEL strong CONTEXT " + seen, "KV.DEL a CONTEXT " + seen + " LEVEL strong",
        "GET a")).containsExactly("-ERR CONTEXT with level strong is KV.CAS",
            "-ERR CONTEXT with level strong is KV.CAS", "'1'");
  }

  @Test
  void whatIsNoContextOfTheKeyIsRefusedAndChangesNothing() {
    var seen = contextOf(client.ask("KV.SET a 1"));
    var other = contextOf(client.ask("KV.SET b 1"));
    var damaged = "-BADCONTEXT the context is damaged, or it is one of another key";
    assertThat(client.askAll("KV.SET a 2 CONTEXT " + other, "KV.DEL a CONTEXT " + seen.substring(0, 20),
        "KV.CAS a " + other + " 2", "KV.GET a AFTER " + other, "KV.CAS a AA 2", "KV.SET a 2 CONTEXT $$",
        "KV.SET a 2 CONTEXT " + "A".repeat(70_000), "GET a"))
        .containsExactly(damaged, damaged, damaged, damaged, "-BADCONTEXT the context is cut off",
            "-BADCONTEXT not base64url", "-BADCONTEXT a context of 70000 bytes, allowed is 65536", "'1'");
  }

  @Test
  void manyKeysAreReadAndWrittenEachByItself() {
    assertThat(plain(client.ask("KV.MSET 3 a 1 b 2 a 3 EX 100 W 1"))).isEqualTo(
        "[['context', C, 'level', '1', 'replicas', :1], ['context', C, 'level', '1', 'replicas', :1]]");
    assertThat(plain(client.ask("KV.MGET 3 a none b LEVEL one")).replaceAll(":(100000|9[0-9]{4})\\b", "LEFT"))
        .isEqualTo("[['value', '3', 'context', C, 'siblings', [['value', '3', 'ttl', LEFT, 'written', T]], "
            + "'level', 'one', 'replicas', :1, 'stale', S], ['value', nil, 'context', C, 'siblings', [], "
            + "'level', 'one', 'replicas', :1, 'stale', S], ['value', '2', 'context', C, 'siblings', "
            + "[['value', '2', 'ttl', LEFT, 'written', T]], 'level', 'one', 'replicas', :1, 'stale', S]]");
  }

  @Test
  void aLevelThatCannotBeReachedIsAnErrorOfEachKey() {
    assertThat(client.ask("KV.MGET 2 a b R 2")).matches("\\[-[A-Z]+ .*, -[A-Z]+ .*]");
    assertThat(client.ask("KV.MSET 2 a 1 b 2 W 2")).matches("\\[-[A-Z]+ .*, -[A-Z]+ .*]");
    assertThat(client.askAll("EXISTS a b", "KV.GET a R 2").toString()).startsWith("[:0, -");
  }

  @Test
  void theConnectionsLevelHoldsForPlainCommandsUntilItIsTakenAway() {
    assertThat(client.askAll("KV.LEVEL", "KV.LEVEL READ one WRITE strong", "KV.LEVEL", "SET a 1", "GET a",
        "MSET b 1 c 2", "DEL a none", "KV.LEVEL READ 2 WRITE default", "KV.LEVEL", "SET a 2"))
        .containsExactly("['read', 'default', 'write', 'default']", "+OK", "['read', 'one', 'write', 'strong']",
            "+OK", "'1'", "+OK", ":1", "+OK", "['read', '2', 'write', 'default']", "+OK");
    assertThat(client.ask("GET a")).startsWith("-");
    assertThat(client.askAll("RESET", "GET a", "KV.LEVEL"))
        .containsExactly("+RESET", "'2'", "['read', 'default', 'write', 'default']");
  }

  @Test
  void aCommandKeepsTheLevelThatHeldWhenItWasSent() {
    var replies = client.askAll("SET a 1", "GET a", "KV.LEVEL READ 2", "GET a", "KV.LEVEL READ DEFAULT", "GET a");
    assertThat(replies.get(1)).isEqualTo("'1'");
    assertThat(replies.get(3)).startsWith("-");
    assertThat(replies.get(5)).isEqualTo("'1'");
  }

  @Test
  void aReadOnlyConnectionReadsAtOneUnlessItHasALevelOfItsOwn() {
    assertThat(client.askAll("READONLY", "KV.GET a").toString()).contains("'level', 'one'");
    assertThat(client.askAll("KV.LEVEL READ all", "KV.GET a").toString()).contains("'level', 'all'");
    assertThat(client.askAll("KV.LEVEL READ default", "READWRITE", "KV.GET a").toString())
        .contains("'level', 'sloppy'");
  }

  @Test
  void aPrefixsPolicyDecidesWhereNobodyElseDoes() {
    assertThat(client.askAll("KV.POLICY SET strong: MODE strong", "KV.POLICY SET one: READ one WRITE all N 1"))
        .containsExactly("+OK", "+OK");
    assertThat(client.askAll("SET strong:a 1", "GET strong:a", "MGET strong:a b", "DEL strong:a strong:b"))
        .containsExactly("+OK", "'1'", "['1', nil]", ":1");
    assertThat(client.ask("KV.GET strong:a")).contains("'level', 'strong'");
    assertThat(client.ask("KV.GET strong:a LEVEL one")).contains("'level', 'one'");
    assertThat(client.ask("KV.GET one:a")).contains("'level', 'one'");
    assertThat(client.ask("KV.SET one:a 1")).contains("'level', 'all'");
    assertThat(client.askAll("KV.LEVEL READ quorum", "KV.GET strong:a").get(1)).contains("'level', 'quorum'");
    assertThat(client.askAll("KV.POLICY DEL strong:", "KV.POLICY DEL one:")).containsExactly(":1", ":1");
  }

  @Test
  void whereOnlyTheLatestIsKeptThereAreNoSiblings() {
    assertThat(client.ask("KV.POLICY SET latest: CONFLICT latest")).isEqualTo("+OK");
    var first = contextOf(client.ask("KV.SET latest:a 1"));
    client.ask("SET latest:a 2");
    client.ask("KV.SET latest:a 3 CONTEXT " + first);
    assertThat(plain(client.ask("KV.GET latest:a")))
        .startsWith("['value', '3', 'context', C, 'siblings', [['value', '3', 'ttl', :-1, 'written', T]], ");
    assertThat(client.ask("KV.POLICY DEL latest:")).isEqualTo(":1");
  }
}
