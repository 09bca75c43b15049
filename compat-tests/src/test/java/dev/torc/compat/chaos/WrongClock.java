package dev.torc.compat.chaos;

import dev.torc.compat.process.NativeCode;
import dev.torc.compat.process.NetworkedCluster;
import dev.torc.compat.process.NetworkedCluster.Equipment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A node's wall clock, which can be set wrong while it runs; its steady clock goes on as it should. By a library of our own: under libfaketime a JVM hangs at its start. */
final class WrongClock {
  private final Path file;

  WrongClock(Path file) {
    this.file = file;
  }

  static WrongClock of(NetworkedCluster cluster, int node) {
    var clock = new WrongClock(cluster.home(node).resolveSibling("clock"));
    clock.set(0);
    cluster.equip(node, new Equipment(List.of(), clock.environment(), List.of()));
    return clock;
  }

  /** Of a process that shall go by it. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", NativeCode.library("wallclock").toString(), "WALLCLOCK", file.toString());
  }

  /** Heard at once: the node has the file in its memory. */
  void set(long secondsAhead) {
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(secondsAhead).flip();
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes, 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
