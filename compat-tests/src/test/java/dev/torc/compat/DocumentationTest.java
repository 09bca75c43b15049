package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Program;
import dev.torc.compat.process.SharedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What readers of the documentation paste into a shell prints what it says. */
@ExtendWith(SharedCluster.class)
class DocumentationTest {
  private static final Path PAGE = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("consistency.md");
  private static final String SHOWN = "#> ";
  private static final int FIRST_PORT = 7001;
  /** The first redis-cli that has --json. */
  private static final int LEAST_VERSION = 7;

  @Test
  void theWorkedConflictEndsAsItSays() throws IOException {
    assumeRedisCli();
    var lines = bashLines(Files.readAllLines(PAGE));
    var shown = lines.stream().filter(line -> line.startsWith(SHOWN)).map(line -> line.substring(SHOWN.length()))
        .toList();
    assertThat(shown).as("lines of output in %s", PAGE).hasSizeGreaterThan(5);

    var ended = Program.run(List.of("bash", "-eu", "-o", "pipefail"), Map.of(), script(lines));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exit()).isZero();
    assertThat(comparable(ended.out().lines().toList())).isEqualTo(comparable(shown));
  }

  /** The lines of the page's blocks of bash. */
  private static List<String> bashLines(List<String> page) {
    var lines = new ArrayList<String>();
    boolean inside = false;
    for (var line : page) {
      if (line.startsWith("```")) {
        inside = line.equals("```bash");
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** As they stand, but for the ports. */
  private static byte[] script(List<String> lines) {
    var script = String.join("\n", lines) + "\n";
    for (int node = 0; node < SharedCluster.get().size(); node++) {
      script = script.replace("-p " + (FIRST_PORT + node) + " ", "-p " + SharedCluster.get().port(node) + " ");
    }
    assertThat(script).doesNotContain("-p 700");
    return script.getBytes(StandardCharsets.UTF_8);
  }

  /** Without what differs from run to run: contexts and times. */
  private static List<String> comparable(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\"context\":\"[\\w-]{5,}…?\"", "\"context\":…")
        .replaceAll("\"written\":\\d{13}", "\"written\":…")).toList();
  }

  private static void assumeRedisCli() {
    int version = 0;
    try {
      var words = Program.run("redis-cli", "--version").out().strip().split("[ .]");
      version = Integer.parseInt(words[1]);
    } catch (RuntimeException missing) {
      // Then there is none.
    }
    if (version < LEAST_VERSION) {
      System.err
          .println("*** SKIPPED: redis-cli 7 or newer not found; install it (Debian: apt install redis-tools) ***");
    }
    Assumptions.assumeTrue(version >= LEAST_VERSION, "redis-cli is installed, and has --json");
  }
}
