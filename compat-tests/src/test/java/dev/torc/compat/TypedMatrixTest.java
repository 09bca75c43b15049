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
    assertThat(first).containsEntry("value", "1").containsEntry("level", "sloppy").containsEntry("replicas", 2L);
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
        .allSatisfy(answer -> assertThat(fields(answer)).containsEntry("level", "sloppy"));
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
    assertThat(levels).containsExactly("all", "one", "quorum", "sloppy", "one", "sloppy");
    assertThat(kv("KV.GET", key("c"))).containsEntry("level", "sloppy");
  }

  @Test
  void severalKeysOfOneSlotAreWrittenTogetherOrNotAtAll() {
    var keys = List.of("{" + key("slot") + "}a", "{" + key("slot") + "}b", "{" + key("slot") + "}c");
    keys.forEach(key -> client.raw("DEL", key));
    assertThat(client.severalKeys(keys)).containsExactly("1", "0", "nil", "1", "OK", "nil", "4102444800", "0", "1",
        "nil", "0", "2", "1", "1", "1", "1", "4102444800");
  }

  @Test
  void keysOfDifferentSlotsAreNotWrittenTogether() {
    String one = key("slot:1");
    String other = key("slot:2");
    client.raw("DEL", other);
    kv("KV.SET", one, "1");
    for (var words : List.of(List.of("MSETNX", other, "2", key("slot:3"), "3"), List.of("RENAME", one, other),
        List.of("RENAMENX", one, other), List.of("COPY", one, other))) {
      assertThatThrownBy(() -> client.raw(words.toArray(String[]::new))).as(words.getFirst())
          .hasStackTraceContaining("CROSSSLOT");
      assertThat(kv("KV.GET", one)).containsEntry("value", "1");
      assertThat(kv("KV.GET", other)).containsEntry("value", null);
    }
  }

  @Test
  void anAnswerOfOneReplicaIsAsFreshAsWasAsked() {
    for (var value : List.of("1", "2", "3", "4", "5")) {
      var written = kv("KV.SET", key("fresh"), value, "LEVEL", "ONE");
      assertThat(values(kv("KV.GET", key("fresh"), "LEVEL", "ONE", "AFTER", (String) written.get("context"))))
          .contains(value);
      kv("KV.SET", key("stale"), value, "LEVEL", "STRONG");
      assertThat(kv("KV.GET", key("stale"), "LEVEL", "ONE", "MAXSTALE", "0")).containsEntry("value", value)
          .containsEntry("stale", 0L);
    }
    String foreign = (String) kv("KV.GET", key("stale")).get("context");
    assertThatThrownBy(() -> client.raw("KV.GET", key("fresh"), "AFTER", foreign))
        .hasStackTraceContaining("BADCONTEXT");
  }

  @Test
  void aKeyIsExplainedReplicaByReplica() {
    client.raw("DEL", key("explained"));
    kv("KV.SET", key("explained"), "v", "LEVEL", "ALL");
    var explained = kv("KV.EXPLAIN", key("explained"));
    assertThat(explained).containsOnlyKeys("slot", "n", "epoch", "replicas").containsEntry("n", 3L);
    assertThat((String) explained.get("epoch")).matches("[0-9a-f]{16}");
    var replicas = ((List<?>) explained.get("replicas")).stream().map(TypedMatrixTest::fields).toList();
    assertThat(replicas).extracting(replica -> replica.get("node")).containsExactlyInAnyOrder("n1", "n2", "n3");
    assertThat(replicas).allSatisfy(replica -> {
      assertThat(replica).containsOnlyKeys("node", "address", "state", "error", "version", "siblings", "in_sync")
          .containsEntry("state", "up").containsEntry("error", null).containsEntry("in_sync", 1L)
          .containsEntry("version", replicas.getFirst().get("version"));
      var latest = fields(((List<?>) replica.get("siblings")).getFirst());
      assertThat(latest).containsOnlyKeys("value", "length", "ttl", "written", "dot").containsEntry("value", "v")
          .containsEntry("length", 1L).containsEntry("ttl", -1L);
    });
  }

  @Test
  void aSessionIsResumedAndItsWritesAreWaitedFor() {
    var first = client.onOneConnection(List.of(List.of("KV.SESSION", "BEGIN"), List.of("KV.LEVEL", "WRITE", "ONE"),
        List.of("SET", key("session"), kind.name()), List.of("WAIT", "2", "10000"),
        List.of("WAITAOF", "1", "2", "10000"), List.of("KV.SESSION", "TOKEN"), List.of("KV.SESSION", "END")));
    assertThat(single(first.get(3))).isEqualTo(2L);
    assertThat(first.get(4)).isEqualTo(List.of(1L, 2L));
    assertThat(single(first.getLast())).isEqualTo("OK");
    var second = client.onOneConnection(List.of(List.of("KV.SESSION", "RESUME", (String) single(first.get(5))),
        List.of("KV.GET", key("session"), "LEVEL", "ONE"), List.of("KV.SESSION", "END")));
    assertThat(single(second.getFirst())).isEqualTo("OK");
    assertThat(fields(second.get(1))).containsEntry("value", kind.name());
    assertThat(single(second.getLast())).isEqualTo("OK");
  }

  /** Lettuce, told a command in words, has whatever is answered in a list. */
  private static Object single(Object answer) {
    return answer instanceof List<?> list ? list.getFirst() : answer;
  }
}
