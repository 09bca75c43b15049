package dev.torc.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One process per data directory. The kernel lets go of the lock when the process dies, however it dies. */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "torc.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory if it is missing.
   *
   * @throws DirectoryInUseException if another process holds it
   */
  public static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory);
      var channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new DirectoryInUseException(directory);
      }
      return new DirectoryLock(channel);
    } catch (IOException cause) {
      throw new EngineException("data directory " + directory + " cannot be used: " + cause, cause);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException cause) {
      throw new EngineException("the lock of the data directory cannot be released: " + cause.getMessage(), cause);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }
}
