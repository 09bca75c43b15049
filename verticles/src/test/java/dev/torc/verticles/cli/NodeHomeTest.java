package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NodeHomeTest {

  private static final Path N1 = Path.of("/d/n1");

  @TempDir
  Path directory;

  @Test
  void onlyANodeOnThisDirectoryIsOurs() {
    assertThat(NodeHome.isNode(List.of("java", "-jar", "torc.jar", "server", "--data", "/d/n1"), N1)).isTrue();
    assertThat(NodeHome.isNode(List.of("java", "-jar", "torc.jar", "server", "--data", "/d/n2"), N1)).isFalse();
    assertThat(NodeHome.isNode(List.of("vi", "--data", "/d/n1"), N1)).isFalse();
    assertThat(NodeHome.isNode(List.of("java", "server", "--data"), N1)).isFalse();
    assertThat(NodeHome.isNode(List.of(), N1)).as("a zombie").isFalse();
  }

  @Test
  void aProcessIdThatWentToAnotherProcessIsNotOurs() throws Exception {
    var home = new NodeHome("n1", 7001, directory);
    Files.writeString(home.pidFile(), ProcessHandle.current().pid() + "\n");
    assertThat(home.process()).isEmpty();
    Files.writeString(home.pidFile(), "garbage");
    assertThat(home.process()).isEmpty();
    Files.delete(home.pidFile());
    assertThat(home.process()).isEmpty();
  }

  @Test
  void theReasonIsTheLineThatSaysMostSinceTheStart() throws Exception {
    var home = new NodeHome("n1", 7001, directory);
    assertThat(home.reason(0)).isEmpty();
    String old = "torc: of an earlier start\n";
    Files.writeString(home.log(), old + "INFO starting\n10:00 ERROR the disk\nINFO bye\n\n");
    assertThat(home.reason(old.length())).isEqualTo("10:00 ERROR the disk");
    Files.writeString(home.log(), old + "one\ntwo\n");
    assertThat(home.reason(old.length())).isEqualTo("two");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNodesCommandLineNamesWhatMakesItItself() {
    var layout = new ClusterLayout(Path.of("/d"), 2, 7001);
    var launcher = new NodeLauncher(List.of("java", "-Xmx1g"), List.of("-jar", "torc.jar"), List.of())
        .with(List.of("--set", "weight=2"));
    assertThat(launcher.commandLine(layout.homes().get(1), layout)).containsExactly("java", "-Xmx1g", "-jar",
        "torc.jar",
        "server", "--name", "n2", "--port", "7002", "--data", "/d/n2", "--seeds", "127.0.0.1:7001,127.0.0.1:7002",
        "--expect", "2", "--set", "peer.source=127.27.89.2", "--set", "weight=2");
  }

  @Test
  void aNodeThatListensElsewhereConnectsFromWhereverTheSystemChooses() {
    var layout = new ClusterLayout(Path.of("/d"), 2, 7001);
    var launcher = new NodeLauncher(List.of("java"), List.of("-jar", "torc.jar"), List.of());
    for (var flags : List.of(List.of("--set", "bind=0.0.0.0"), List.of("--set", "announce.host=here"),
        List.of("--config", "torc.conf"))) {
      assertThat(String.join(" ", launcher.with(flags).commandLine(layout.homes().getFirst(), layout)))
          .doesNotContain("peer.source");
    }
  }
}
