package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.Torc;
import dev.torc.compat.resp.KvReply;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that RocksDB cannot open, and an operator who does what is said to be done. */
class UpRecoverTest {
  private static final int KEYS = 300;

  @Test
  void whoFollowsTheLineThatUpPrintsHasTheNodeBackWithAllData() throws IOException {
    try (var cluster = Cluster.start("up-recover", 3)) {
      try (var socket = cluster.connect(0)) {
        for (int i = 0; i < KEYS; i++) {
          assertThat(socket.call("SET", "key" + i, "value" + i)).isEqualTo("OK");
        }
      }
      cluster.kill(1);
      var database = cluster.home(1).resolve("rocksdb");
      Files.writeString(database.resolve("CURRENT"), "MANIFEST-that-never-was\n");
      var up = Torc.run("up", "--detach", "--data", cluster.data().toString());
      assertThat(up.exit()).isEqualTo(1);
      var advice = "; that is: torc up --recover n2 --data " + cluster.data();
      assertThat(up.err()).startsWith("torc: n2 ended at its start: ").contains(advice).hasLineCount(1);

      var words = List.of(advice.substring(advice.indexOf("up")).split(" "));
      var followed = new ArrayList<>(words);
      followed.add("--detach");
      var recovered = Torc.run(followed.toArray(String[]::new));
      assertThat(recovered.exit()).as(recovered.text()).isZero();
      assertThat(recovered.out()).contains("Recovering n2: the old database is set aside, not deleted");

      Eventually.that("n2 has caught up", Duration.ofSeconds(60), () -> isWhole(cluster));
      try (var socket = cluster.connect(1)) {
        for (int i = 0; i < KEYS; i++) {
          var answer = socket.call("KV.GET", "key" + i, "LEVEL", "ONE");
          assertThat(KvReply.of(answer).value()).isEqualTo("value" + i);
        }
      }
      assertThat(setAside(cluster)).hasSize(1).allSatisfy(name -> assertThat(
          cluster.home(1).resolve(name).resolve("CURRENT")).hasContent("MANIFEST-that-never-was"));
    }
  }

  private static boolean isWhole(Cluster cluster) {
    try (var socket = cluster.connect(1)) {
      return socket.call("INFO", "torc").toString().contains("catching_up:no");
    }
  }

  private static List<String> setAside(Cluster cluster) throws IOException {
    try (var files = Files.list(cluster.home(1))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("rocksdb.")).toList();
    }
  }
}
