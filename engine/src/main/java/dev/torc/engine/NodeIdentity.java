package dev.torc.engine;

import dev.torc.cluster.ring.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * Who this node is, in the file {@code torc.node} of its data directory: one line of text, with a checksum, because a node that guesses who it is
 * would be worse than one that does not start.
 *
 * @param generation raised at each start, so that what others say of an earlier life of this node is known to be old
 */
public record NodeIdentity(NodeId id, long generation) {
  private static final String FILE = "torc.node";
  private static final String FORMAT = "torc-node-1";

  /** The identity of the directory, a new one (of generation 0) if it has none. */
  public static NodeIdentity ofDirectory(Path directory, RandomGenerator random) {
    var file = directory.resolve(FILE);
    try {
      if (Files.exists(file)) {
        return inDirectory(directory);
      }
      Files.createDirectories(directory);
      var fresh = new NodeIdentity(new NodeId(random.nextLong()), 0);
      SyncedFile.write(file, fresh.line().getBytes(StandardCharsets.US_ASCII));
      return fresh;
    } catch (IOException cause) {
      throw new EngineException("the node's identity in " + file + " cannot be read or written: " + cause, cause);
    }
  }

  /**
   * That of a directory that {@linkplain #isIn has one}.
   *
   * @throws EngineException if it cannot be read, or is damaged
   */
  public static NodeIdentity inDirectory(Path directory) {
    var file = directory.resolve(FILE);
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file);
    } catch (IOException cause) {
      throw new EngineException("the node's identity in " + file + " cannot be read: " + cause, cause);
    }
  }

  /** Whether the directory says who its node is. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /**
   * Makes an empty directory that of a node which there was before, and which has lost all that it held: the next start is to take it for that.
   *
   * @param generation the last one that is known of it
   * @param name under which the engine keeps what it knew of the members
   */
  public static void comeBack(Path directory, NodeId id, long generation, String name, byte[] members) {
    try {
      Files.createDirectories(directory);
      new Keepsakes(directory).write(name, members);
      SyncedFile.write(directory.resolve(FILE),
          new NodeIdentity(id, generation).line().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException cause) {
      throw new EngineException("the node's identity in " + directory + " cannot be written: " + cause, cause);
    }
  }

  /** The same node in its next generation, which is on disk when this returns. */
  public NodeIdentity raise(Path directory) {
    var raised = new NodeIdentity(id, generation + 1);
    try {
      SyncedFile.write(directory.resolve(FILE), raised.line().getBytes(StandardCharsets.US_ASCII));
      return raised;
    } catch (IOException cause) {
      throw new EngineException("the node's generation cannot be written: " + cause, cause);
    }
  }

  /** The same node in a generation that it had without this directory's knowing; on disk when this returns. */
  static void outlive(Path directory, long generation) throws IOException {
    SyncedFile.write(directory.resolve(FILE),
        new NodeIdentity(inDirectory(directory).id, generation).line().getBytes(StandardCharsets.US_ASCII));
  }

  private String line() {
    var body = FORMAT + " " + id + " " + generation;
    return body + " " + checksum(body) + "\n";
  }

  private static NodeIdentity parse(String text, Path file) {
    var words = text.strip().split(" ");
    if (words.length != 4 || !words[0].equals(FORMAT)
        || !checksum(String.join(" ", words[0], words[1], words[2])).equals(words[3])) {
      throw new EngineException(file + " is damaged: this node does not know who it is. Restore the file, or remove"
          + " the data directory and join as a new node");
    }
    return new NodeIdentity(new NodeId(Long.parseUnsignedLong(words[1], 16)), Long.parseLong(words[2]));
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }
}
