package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.compat.client.ClientKind;
import dev.torc.compat.client.TypedClient;
import dev.torc.compat.process.SharedCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Strong commands by the methods of every client, and Torc's own commands in words, in every mode. */
@ExtendWith(SharedCluster.class)
@ParameterizedClass
@EnumSource(ClientKind.class)
class TypedMatrixTest {
  @Parameter
  ClientKind kind;

  private TypedClient client;

  @BeforeEach
  void open() {
    client = kind.openTyped(SharedCluster.get().ports());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private String key(String name) {
    return "typed:" + kind + ":" + name;
  }

  /** A map as RESP3 has it, or as RESP2's names and values in turn; all the same afterwards. */
  private static Map<String, Object> fields(Object answer) {
    var fields = new LinkedHashMap<String, Object>();
    if (answer instanceof Map<?, ?> map) {
      map.forEach((name, value) -> fields.put((String) name, value));
    } else {
      var flat = (List<?>) answer;
      for (int i = 0; i < flat.size(); i += 2) {
        fields.put((String) flat.get(i), flat.get(i + 1));
      }
    }
    return fields;
  }

  private Map<String, Object> kv(String... words) {
    return fields(client.raw(words));
  }

  private static List<Object> values(Map<String, Object> read) {
    return ((List<?>) read.get("siblings")).stream().map(sibling -> fields(sibling).get("value")).toList();
  }

  @Test
  void conditionalWritesAndCountersAnswerAlike() {
    client.raw("DEL", key("s"));
    assertThat(client.strings(key("s"))).containsExactly("1", "0", "2", "42", "41", "1", "1.5", "3", "3", "4", "3xyz",
        "nil", "OK", "100", "b", "100", "c", "-1", "nil", "OK", "2d06800538d394c2", "OK", "f", "nil", "nil");
  }

  @Test
  void expiriesAndConditionalDeletionsAnswerAlike() {
    assertThat(client.expiries(key("e"))).containsExactly("OK", "0", "1", "0", "1", "50", "1", "70", "1",
        "4102444800", "1", "0", "v", "60", "v", "-1", "0", "1", "0", "OK", "1", "0");
  }

  @Test
  void aContextSupersedesWhatItSawAndNothingElse() {
    kv("KV.SET", key("kv"), "1");
    var first = kv("KV.GET", key("kv"));
    assertThat(first).containsEntry("value", "1").containsEntry("level", "quorum").containsEntry("replicas", 2L);
    String seen = (String) first.get("context");
    kv("KV.SET", key("kv"), "2", "CONTEXT", seen);
    assertThat(kv("KV.SET", key("kv"), "3", "CONTEXT", seen, "EX", "100").keySet())
        .contains("context", "level", "replicas");
    var both = kv("KV.GET", key("kv"));
    assertThat(both).containsEntry("value", "3");
    assertThat(values(both)).containsExactly("3", "2");
    assertThat(fields(((List<?>) both.get("siblings")).getFirst()).keySet()).contains("value", "ttl", "written");
    kv("KV.SET", key("kv"), "4", "CONTEXT", (String) both.get("context"));
    assertThat(values(kv("KV.GET", key("kv"), "LEVEL", "ALL"))).containsExactly("4");
    assertThat(kv("KV.DEL", key("kv"), "CONTEXT", (String) kv("KV.GET", key("kv")).get("context")))
        .containsEntry("deleted", 1L);
    assertThat(kv("KV.GET", key("kv"))).containsEntry("value", null).containsEntry("siblings", List.of());
  }

  @Test
  void aSwapIsDoneOnceForWhatWasSeen() {
    client.raw("DEL", key("cas"));
    String seen = (String) kv("KV.GET", key("cas"), "LEVEL", "STRONG").get("context");
    var done = kv("KV.CAS", key("cas"), seen, "1", "EX", "100");
    assertThat(done).containsEntry("swapped", 1L);
    assertThat(kv("KV.CAS", key("cas"), seen, "2")).containsEntry("swapped", 0L).containsEntry("value", "1");
    assertThat(kv("KV.CAS", key("cas"), (String) done.get("context"), "3")).containsEntry("swapped", 1L);
    assertThat(kv("KV.GET", key("cas"))).containsEntry("value", "3");
  }

  @Test
  void severalKeysAreAnsweredOneByOne() {
    var written = (List<?>) client.raw("KV.MSET", "3", key("m1"), "1", key("m2"), "2", key("m3"), "3");
    assertThat(written).hasSize(3)
        .allSatisfy(answer -> assertThat(fields(answer)).containsEntry("level", "quorum"));
    var read = (List<?>) client.raw("KV.MGET", "4", key("m3"), key("none"), key("m1"), key("m3"));
    assertThat(read.stream().map(answer -> fields(answer).get("value"))).containsExactly("3", null, "1", "3");
  }

  @Test
  void everyLevelIsAnsweredWithItsName() {
    for (var level : List.of("one", "quorum", "all", "strong", "local_quorum")) {
      assertThat(kv("KV.SET", key("l"), level, "LEVEL", level)).containsEntry("level", level);
      assertThat(kv("KV.GET", key("l"), "LEVEL", "ALL")).containsEntry("value", level).containsEntry("replicas", 3L);
      assertThat(kv("KV.GET", key("l"), "LEVEL", level)).containsEntry("level", level);
    }
    assertThat(kv("KV.SET", key("l"), "w", "W", "3")).containsEntry("replicas", 3L);
    assertThat(kv("KV.GET", key("l"), "R", "1")).containsEntry("value", "w");
    assertThatThrownBy(() -> client.raw("KV.GET", key("l"), "R", "4"))
        .hasStackTraceContaining("ERR R 4 is more than the key's 3 replicas");
  }

  @Test
  void aConnectionKeepsItsLevelsUntilTheyAreTakenAway() {
    var answers = client.onOneConnection(List.of(List.of("KV.LEVEL", "READ", "ONE", "WRITE", "ALL"),
        List.of("KV.LEVEL"), List.of("KV.SET", key("c"), "1"), List.of("KV.GET", key("c")),
        List.of("KV.GET", key("c"), "LEVEL", "QUORUM"), List.of("KV.LEVEL", "READ", "DEFAULT", "WRITE", "DEFAULT"),
        List.of("KV.GET", key("c")), List.of("READONLY"), List.of("KV.GET", key("c")), List.of("READWRITE"),
        List.of("KV.GET", key("c"))));
    assertThat(fields(answers.get(1))).containsEntry("read", "one").containsEntry("write", "all");
    var levels = List.of(2, 3, 4, 6, 8, 10).stream().map(i -> fields(answers.get(i)).get("level"));
    assertThat(levels).containsExactly("all", "one", "quorum", "quorum", "one", "quorum");
    assertThat(kv("KV.GET", key("c"))).containsEntry("level", "quorum");
  }
}
