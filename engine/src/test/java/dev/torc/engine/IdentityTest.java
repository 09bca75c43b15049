package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir
  private Path directory;

  @Test
  void aNodeIsTheSameAfterARestartInItsNextGeneration() {
    var first = NodeIdentity.ofDirectory(directory, new SplittableRandom(1)).raise(directory);
    var second = NodeIdentity.ofDirectory(directory, new SplittableRandom(2)).raise(directory);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(first.generation()).isEqualTo(1);
    assertThat(second.generation()).isEqualTo(2);
  }

  @Test
  void aDamagedIdentityIsRefusedInOneLine() throws Exception {
    NodeIdentity.ofDirectory(directory, new SplittableRandom(1));
    var file = directory.resolve("torc.node");
    var intact = Files.readString(file);
    for (var damaged : new String[] {"", "\n", intact.replace(" 0 ", " 7 "), intact.substring(5),
        "\u0000".repeat(40)}) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> NodeIdentity.ofDirectory(directory, new SplittableRandom(1)))
          .isInstanceOf(EngineException.class).hasMessageContaining("torc.node is damaged").message()
          .doesNotContain("\n");
    }
    Files.writeString(file, intact);
    assertThat(NodeIdentity.ofDirectory(directory, new SplittableRandom(9)).generation()).isZero();
  }

  @Test
  void aDirectoryServesOneAtATime() {
    try (var held = DirectoryLock.take(directory)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.take(directory)).isInstanceOf(DirectoryInUseException.class)
          .hasMessage("data directory " + directory + " is in use by another process");
      assertThatThrownBy(() -> RocksEngine.open(Scratch.config(directory), Scratch.host(Scratch.BOOT, 1)))
          .isInstanceOf(DirectoryInUseException.class);
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void aConfigurationThatCannotWorkIsRefused() {
    var config = Scratch.config(directory);
    assertThatThrownBy(() -> config.withShards(3)).hasMessage("shards: 3; allowed: 1, 2, 4, 8 or 16");
    assertThatThrownBy(() -> config.withMaxQueuedSteps(0)).hasMessageStartingWith("queued steps: 0");
    assertThat(EngineConfig.of(directory, 512 << 20).shards()).isPositive();
  }
}
