package dev.torc.compat.chaos;

import dev.torc.compat.process.Program;
import dev.torc.compat.process.Torc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/** A disk of 64 MB in memory, as a node's data directory, that can be filled to the last byte. */
public final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  private final Path directory;
  private final Path ballast;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /** @param directory is made */
  static SmallDisk mount(Path directory) {
    removeLeftovers();
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Program ended = Program.run("mount", "-t", "tmpfs", "-o", "size=64m", "torc-small-disk", directory.toString());
    Assertions.assertThat(ended.exit()).as(ended.text()).isZero();
    return new SmallDisk(directory);
  }

  /** Those of these tests that are mounted. */
  public static String mounted() {
    try {
      return String.join("\n", Files.readAllLines(Path.of("/proc/mounts")).stream()
          .filter(line -> line.startsWith("torc-small-disk ")).map(line -> line.split(" ")[1])
          .filter(at -> at.startsWith(Torc.scratch().toString())).toList());
    } catch (IOException noLinux) {
      return "";
    }
  }

  /** What a run that was killed left. */
  private static void removeLeftovers() {
    mounted().lines().forEach(left -> Program.run("umount", "-l", left));
  }

  void fill() {
    var block = new byte[BLOCK];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      Assertions.assertThat(full).hasMessageContaining("No space left");
    }
  }

  void free() {
    try {
      Files.deleteIfExists(ballast);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The node on it must have ended. */
  @Override
  public void close() {
    Program.run("umount", "-l", directory.toString());
  }
}
