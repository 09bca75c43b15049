package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import dev.torc.verticles.RespClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyspaceCommandsTest {
  private static final Pattern PAGE = Pattern.compile("\\['([0-9]+)', \\[(.*)]]");

  @TempDir
  static Path directory;

  private static OneNode node;
  private RespClient client;

  @BeforeAll
  static void start() {
    node = OneNode.start(directory);
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
  void aScanReturnsEveryKeyAndEnds() {
    fill(300);
    assertThat(scan("SCAN", "COUNT 7")).containsExactlyElementsOf(names("k", 300));
    assertThat(scan("KV.SCAN", "COUNT 1000")).containsExactlyElementsOf(names("k", 300));
  }

  @Test
  void aScanFiltersByPatternAndType() {
    fill(100);
    client.ask("SET other 1");
    assertThat(scan("SCAN", "MATCH oth* COUNT 10")).containsExactly("other");
    assertThat(scan("SCAN", "TYPE string COUNT 1000")).hasSize(101);
    assertThat(scan("SCAN", "TYPE list COUNT 1000")).isEmpty();
  }

  @Test
  void anInvalidCursorIsRefused() {
    assertThat(client.askAll("SCAN x", "SCAN 18446744073709551615", "SCAN 0 COUNT 0", "SCAN 0 COUNT x"))
        .containsExactly("-ERR invalid cursor", "-ERR invalid cursor", "-ERR syntax error",
            "-ERR value is not an integer or out of range");
  }

  @Test
  void keysAndSizesSeeEarlierWritesOfTheSamePipeline() {
    assertThat(client.askAll("SET a 1", "DBSIZE", "KV.SIZE", "KEYS *", "SET b 1", "DEL a", "DBSIZE", "KEYS *",
        "KEYS z*")).containsExactly("+OK", ":1", ":1", "['a']", "+OK", ":1", ":1", "['b']", "[]");
  }

  @Test
  void moreKeysThanAPageAreAllListed() {
    fill(2_500);
    assertThat(client.ask("KEYS *").split(", ")).hasSize(2_500);
    assertThat(client.ask("DBSIZE")).isEqualTo(":2500");
  }

  @Test
  void aRandomKeyIsOneOfThoseThere() {
    assertThat(client.ask("RANDOMKEY")).isEqualTo("nil");
    fill(10);
    for (int i = 0; i < 20; i++) {
      assertThat(names("k", 10)).contains(client.ask("RANDOMKEY").replace("'", ""));
    }
  }

  @Test
  void theKeysOfASlotAreCountedAndListed() {
    client.ask("MSET {t}a 1 {t}b 2 other 3");
    String slot = client.ask("CLUSTER KEYSLOT {t}").substring(1);
    assertThat(client.ask("CLUSTER COUNTKEYSINSLOT " + slot)).isEqualTo(":2");
    assertThat(client.ask("CLUSTER GETKEYSINSLOT " + slot + " 10")).contains("'{t}a'", "'{t}b'")
        .doesNotContain("other");
    assertThat(client.ask("CLUSTER GETKEYSINSLOT " + slot + " 1")).matches("\\['\\{t}[ab]']");
    assertThat(client.askAll("CLUSTER GETKEYSINSLOT " + slot + " 0", "CLUSTER COUNTKEYSINSLOT 16384"))
        .containsExactly("[]", "-ERR Invalid slot");
  }

  @Test
  void aFlushLeavesNothingAndWhatComesAfterItStays() {
    fill(1_500);
    assertThat(client.askAll("FLUSHDB", "DBSIZE", "SET after 1", "KEYS *"))
        .containsExactly("+OK", ":0", "+OK", "['after']");
    assertThat(client.askAll("FLUSHALL SYNC", "GET after", "WAIT 1 100")).containsExactly("+OK", "nil", ":0");
  }

  @Test
  void anAsynchronousFlushIsAnsweredAtOnceAndSparesWhatIsWrittenAfterItsEnd() {
    fill(100);
    assertThat(client.ask("FLUSHALL ASYNC")).isEqualTo("+OK");
    assertThat(client.askAll("FLUSHALL", "DBSIZE")).containsExactly("+OK", ":0");
  }

  private void fill(int count) {
    var commands = names("k", count).stream().map(key -> "SET " + key + " 1").toArray(String[]::new);
    assertThat(client.askAll(commands)).containsOnly("+OK");
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).sorted().toList();
  }

  /** All keys of a whole scan, each of which must come once while nothing changes. */
  private TreeSet<String> scan(String command, String options) {
    var keys = new ArrayList<String>();
    String cursor = "0";
    do {
      var page = PAGE.matcher(client.ask(command + " " + cursor + " " + options));
      assertThat(page.matches()).isTrue();
      cursor = page.group(1);
      if (!page.group(2).isEmpty()) {
        keys.addAll(List.of(page.group(2).replace("'", "").split(", ")));
      }
    } while (!cursor.equals("0"));
    assertThat(keys).doesNotHaveDuplicates();
    return new TreeSet<>(keys);
  }
}
