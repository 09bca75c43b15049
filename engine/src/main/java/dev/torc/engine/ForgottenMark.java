package dev.torc.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code torc.forgotten}: the next opening is to take for lost all that this replica may ever have promised or acknowledged. It goes when that
 * is on disk in the database itself, so a start that is interrupted does not forget that it has forgotten.
 */
final class ForgottenMark {
  private static final String FILE = "torc.forgotten";

  private ForgottenMark() {}

  static void write(Path directory, String why) throws IOException {
    Files.createDirectories(directory);
    SyncedFile.write(directory.resolve(FILE), (why + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Also where there is no database any more, but what was kept beside one. */
  static Forgotten of(Path directory, String database) throws IOException {
    boolean isGone = !Files.exists(directory.resolve(database).resolve("CURRENT"))
        && new Keepsakes(directory).areThere();
    return isGone || isThere(directory) ? Forgotten.EVERYTHING : Forgotten.NOTHING;
  }

  static boolean isThere(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }
}
