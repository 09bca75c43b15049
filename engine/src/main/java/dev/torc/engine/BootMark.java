package dev.torc.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code torc.boot}: the kernel boot under which the database was opened and never failed since. While it names the present boot, a
 * process that died took nothing with it. It is removed at the first failed write, and to be removed from a data directory that was restored from a
 * copy: without it the node stamps under new actors. A file beside the database, because a database that has failed takes no note.
 */
final class BootMark {
  private final Path file;
  private final String bootId;

  BootMark(Path directory, String bootId) {
    this.file = directory.resolve("torc.boot");
    this.bootId = bootId;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** False also when the machine has no boot id. */
  boolean isOfThisBoot() throws IOException {
    return !bootId.isEmpty() && exists()
        && Files.readString(file, StandardCharsets.ISO_8859_1).strip().equals(bootId);
  }

  void write() throws IOException {
    SyncedFile.write(file, (bootId + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return file.toString();
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
