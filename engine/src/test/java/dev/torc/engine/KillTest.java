package dev.torc.engine;

import static dev.torc.engine.Scratch.read;
import static dev.torc.engine.Scratch.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KillTest {
  private static final int ENOUGH = 5_000;

  @TempDir
  private Path directory;

  @Test
  void aKilledProcessLosesNoAcknowledgedWriteAndItsActorsGoOn() throws Exception {
    for (int round = 0; round < 2; round++) {
      var acknowledged = writeAndKill();
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
      var bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      try (var database = Scratch.database(directory, bootId)) {
        var store = Scratch.store(database, 1);
        for (var key : acknowledged.keySet()) {
          assertThat(read(store, key)).isEqualTo("v" + key.substring(1));
        }
        var last = acknowledged.entrySet().stream().reduce((one, other) -> other).orElseThrow();
        assertThat(write(store, last.getKey(), "after").dot().actor()).isEqualTo(last.getValue());
      }
    }
  }

  /** What was acknowledged, with the actor that stamped it. */
  private Map<String, Long> writeAndKill() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-Xmx128m", "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        WritingProcess.class.getName(), directory.toString())
        .redirectError(new File(directory.toFile().getParentFile(), "stderr-of-the-killed")).start();
    var acknowledged = new LinkedHashMap<String, Long>();
    try (var lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var words = line.split(" ");
        if (words.length == 2 && words[1].length() > 15) {
          acknowledged.put(words[0], Long.parseLong(words[1]));
        }
        if (acknowledged.size() == ENOUGH) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return acknowledged;
  }
}
