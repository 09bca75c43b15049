package dev.torc.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that was put out of the way, under another name in the same directory; nothing of it is ever deleted. As long as it is to be read what it still
 * holds the file {@code torc.salvage} names it. Each step is on disk before the next, so a process that dies between any two of them leaves a directory whose next start goes on.
 *
 * @param sequence of the last write in it, if all that it held was known to be there when it was closed; {@link #UNCERTAIN} otherwise
 */
record SetAside(String name, long sequence) {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  static final long UNCERTAIN = -1;
  private static final String FILE = "torc.salvage";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
      .withZone(ZoneOffset.UTC);

  /** A step on the way, on disk when it returns. */
  interface Step {
    void take() throws IOException;
  }

  static SetAside at(long wallMillis, long sequence, Path directory) {
    return named(TIME.format(Instant.ofEpochMilli(wallMillis)), sequence, directory);
  }

  /** Under a name that no other has. */
  static SetAside named(String suffix, long sequence, Path directory) {
    var name = Database.TABLES + "." + suffix;
    for (int number = 2; Files.exists(directory.resolve(name)); number++) {
      name = Database.TABLES + "." + suffix + "-" + number;
    }
    return new SetAside(name, sequence);
  }

  /** That which is still to be read. */
  static Optional<SetAside> of(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var words = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
    if (words.length != 2 || !words[1].matches("-?\\d{1,18}")) {
      throw new IOException(file + " does not name a database that was set aside");
    }
    return Optional.of(new SetAside(words[0], Long.parseLong(words[1])));
  }

  /** The database is closed, and is elsewhere when all have been taken; whatever opens in its place is to know that it may have forgotten everything. */
  List<Step> steps(Path directory) {
    return List.of(
        () -> ForgottenMark.write(directory, "the database was set aside as " + name),
        () -> SyncedFile.write(directory.resolve(FILE),
            (name + " " + sequence + "\n").getBytes(StandardCharsets.UTF_8)),
        () -> move(directory));
  }

  void take(Path directory) throws IOException {
    for (var step : steps(directory)) {
      step.take();
    }
  }

  /** The same of a database of which nothing is read any more, such as an older copy; nor of what was still to be read in it. */
  void takeForGood(Path directory) throws IOException {
    ForgottenMark.write(directory, "the database was set aside for good as " + name);
    end(directory);
    if (Files.exists(directory.resolve(Database.TABLES))) {
      move(directory);
    }
  }

  /** At a start: takes the last step, if the process before this one did not come to it. */
  static void goOn(Path directory) throws IOException {
    var begun = of(directory);
    if (begun.isEmpty() || Files.exists(begun.get().in(directory))) {
      return;
    }
    if (ForgottenMark.isThere(directory) && Files.exists(directory.resolve(Database.TABLES))) {
      begun.get().move(directory);
    } else {
      LOG.warn("{} is gone; what it held is asked of the other replicas", begun.get().in(directory));
      end(directory);
    }
  }

  /** Nothing more is to be read of it. */
  static void end(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }

  Path in(Path directory) {
    return directory.resolve(name);
  }

  private void move(Path directory) throws IOException {
    new WrittenMark(directory).remove();
    Files.move(directory.resolve(Database.TABLES), in(directory));
    SyncedFile.sync(directory);
  }
}
