package dev.torc.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file {@code torc.written}: the number of a write that the log had about a second before the process ended. RocksDB does not notice a log that ends early; who has this number does. Never
 * synced: it is asked for only under the same kernel boot, when the page cache has both.
 */
final class WrittenMark {
  private final Path file;
  private long noted = -1;

  WrittenMark(Path directory) {
    this.file = directory.resolve("torc.written");
  }

  /** Costs nothing while nothing is written. */
  void note(long sequence) throws IOException {
    if (sequence == noted) {
      return;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence), 0);
    }
    noted = sequence;
  }

  /** 0 if nothing was. */
  long read() throws IOException {
    var bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : 0;
  }

  /** Of another database nothing is known. */
  void remove() throws IOException {
    noted = -1;
    Files.deleteIfExists(file);
  }
}
