package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Ports;
import dev.torc.compat.process.Program;
import dev.torc.compat.process.Torc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who follows README's "Break it" sees what it says. */
class BreakItTest {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final String SHOWN = "#> ";

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void theClusterIsBrokenAndRepairedAsItSays() throws IOException {
    assumeRoot();
    var lines = section();
    var shown = lines.stream().filter(line -> line.startsWith(SHOWN)).map(line -> line.substring(SHOWN.length()))
        .toList();
    assertThat(shown).hasSizeGreaterThan(5);
    var directory = Cluster.fresh("break-it");
    Files.createSymbolicLink(directory.resolve("deploy"), HOME.resolve("deploy"));
    try {
      var ended = Program.run(List.of("bash", "-eu", "-o", "pipefail", "-c", script(directory, lines)),
          Torc.environment(), new byte[0]);
      assertThat(ended.exit()).as(ended.text()).isZero();
      assertThat(ended.out().lines()).as(ended.text()).containsSubsequence(shown);
    } finally {
      Torc.run("down", "--data", directory.resolve("data").toString());
    }
  }

  private static void assumeRoot() {
    Program.assumeInstalled("redis-cli", "redis-tools");
    Program.assumeInstalled("nft", "nftables");
    boolean root = Program.run("nft", "list", "tables").exit() == 0;
    if (!root) {
      System.err.println("*** SKIPPED: may not set packet filter rules; README's Break it is tested as root only ***");
    }
    Assumptions.assumeTrue(root, "may set packet filter rules");
  }

  /** The lines of the section's block of bash. */
  private static List<String> section() throws IOException {
    var lines = new ArrayList<String>();
    boolean inside = false;
    boolean block = false;
    for (var line : Files.readAllLines(HOME.resolve("README.md"))) {
      if (line.startsWith("## ")) {
        inside = line.equals("## Break it");
      } else if (line.startsWith("```")) {
        block = inside && line.equals("```bash");
      } else if (block) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** As they stand, but for the directory, the ports, and sudo. */
  private static String script(Path directory, List<String> lines) {
    int base = Ports.base(3);
    var script = "cd " + directory + "\n" + String.join("\n", lines).replace("sudo ", "")
        .replace("deploy/torc up", "deploy/torc up --base-port " + base)
        .replace("deploy/torc status", "deploy/torc status --port " + base);
    for (int node = 0; node < 3; node++) {
      script = script.replace("-p " + (7_001 + node) + " ", "-p " + (base + node) + " ");
    }
    assertThat(script).doesNotContain("-p 700");
    return script;
  }
}
