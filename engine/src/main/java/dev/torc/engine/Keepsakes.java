package dev.torc.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the node must remember of itself, a second time as small files beside the database: when that is set aside, or gone, the node still knows whose member it is. Where there
 * are such files and no database there was one, and all that it held is lost.
 */
final class Keepsakes {
  private static final String PREFIX = "torc.kept.";

  private final Path directory;

  Keepsakes(Path directory) {
    this.directory = directory;
  }

  void write(String name, byte[] value) throws IOException {
    SyncedFile.write(directory.resolve(PREFIX + name), value);
  }

  Optional<byte[]> read(String name) throws IOException {
    var file = directory.resolve(PREFIX + name);
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  boolean areThere() throws IOException {
    try (var files = Files.newDirectoryStream(directory, PREFIX + "*")) {
      return files.iterator().hasNext();
    }
  }
}
