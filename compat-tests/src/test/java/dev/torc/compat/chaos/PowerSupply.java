package dev.torc.compat.chaos;

import dev.torc.compat.process.NativeCode;
import dev.torc.compat.process.NetworkedCluster;
import dev.torc.compat.process.NetworkedCluster.Equipment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A machine whose power can be cut: of each file that part is left which was synced. The node also sees another boot of its kernel afterwards. Not staged: files
 * that are gone because their directory was not synced, and old bytes in the middle of a file.
 */
final class PowerSupply {
  private static final String SYNCED = "torc.synced";
  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

  private final NetworkedCluster cluster;
  private final int node;
  private final Path bootId;

  private PowerSupply(NetworkedCluster cluster, int node) {
    this.cluster = cluster;
    this.node = node;
    this.bootId = cluster.home(node).resolveSibling("boot_id");
  }

  static PowerSupply of(NetworkedCluster cluster, int node, String... settings) {
    var supply = new PowerSupply(cluster, node);
    supply.boot();
    // A mount that only this process and what it becomes can see: ip netns exec has given it a view of its own.
    cluster.equip(node, new Equipment(
        List.of("sh", "-c", "mount --bind \"$0\" " + BOOT_ID + " && exec \"$@\"", supply.bootId.toString()),
        Map.of("LD_PRELOAD", NativeCode.library("synced").toString()), List.of(settings)));
    return supply;
  }

  private void boot() {
    try {
      Files.writeString(bootId, UUID.randomUUID() + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns how many bytes of the node's log of writes were lost. */
  long cut() {
    cluster.kill(node);
    boot();
    long lost = 0;
    for (var file : files()) {
      long bytes = cutToSynced(file);
      lost += isLogOfWrites(file) ? bytes : 0;
    }
    return lost;
  }

  /** How many bytes of it a cut would take now. */
  long unsynced() throws IOException {
    long bytes = 0;
    for (var file : files()) {
      bytes += isLogOfWrites(file) ? Files.size(file) - synced(file) : 0;
    }
    return bytes;
  }

  /** RocksDB's. Other files that are written without a sync, such as what it tells people, prove nothing. */
  private static boolean isLogOfWrites(Path file) {
    return file.getFileName().toString().matches("\\d+\\.log");
  }

  private List<Path> files() {
    try (var files = Files.walk(cluster.home(node))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns how many bytes that took. */
  static long cutToSynced(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long before = channel.size();
      channel.truncate(synced(file));
      return before - channel.size();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static long synced(Path file) throws IOException {
    var attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (!attributes.list().contains(SYNCED)) {
      return 0;
    }
    var text = ByteBuffer.allocate(attributes.size(SYNCED));
    attributes.read(SYNCED, text);
    return Long.parseLong(new String(text.array(), StandardCharsets.US_ASCII));
  }
}
