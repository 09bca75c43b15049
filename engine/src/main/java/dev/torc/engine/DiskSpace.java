package dev.torc.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of the data directory. */
final class DiskSpace {
  private static final int PROBE_BYTES = 64 << 10;

  private final Path directory;

  DiskSpace(Path directory) {
    this.directory = directory;
  }

  long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** 0 if it cannot be told. */
  long usableBytesOrNone() {
    try {
      return usableBytes();
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** What the files below the directory take; one that vanishes meanwhile counts for nothing. */
  long usedBytes() {
    return usedBytes(directory.toFile());
  }

  /** What that file or directory in it takes. */
  long usedBytes(String name) {
    return usedBytes(directory.resolve(name).toFile());
  }

  private static long usedBytes(File file) {
    var below = file.listFiles();
    if (below == null) {
      return file.length();
    }
    long bytes = 0;
    for (var each : below) {
      bytes += usedBytes(each);
    }
    return bytes;
  }

  /** Writes and syncs a file of its own, a new one each time: what became of a sync that failed is never asked again. */
  void probe() throws IOException {
    var probe = directory.resolve("torc.probe");
    try {
      SyncedFile.write(probe, new byte[PROBE_BYTES]);
    } finally {
      Files.deleteIfExists(probe.resolveSibling("torc.probe.tmp"));
      Files.deleteIfExists(probe);
    }
  }
}
