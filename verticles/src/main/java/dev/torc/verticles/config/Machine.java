package dev.torc.verticles.config;

import java.lang.management.ManagementFactory;

/**
 * The machine (or container) that automatic values follow.
 *
 * @param cores processors that this process may use
 * @param memoryBytes memory of the machine, or the container's limit
 * @param heapBytes the most that Java objects may take
 */
public record Machine(int cores, long memoryBytes, long heapBytes) {

  private static final long MIB = 1L << 20;

  /** The machine that this process runs on. */
  public static Machine here() {
    var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory());
  }

  /** A sixteenth of the memory, divided among the nodes on this machine, 32 MiB to 8 GiB. */
  public long blockCacheBytes(int nodes) {
    return Math.clamp(memoryBytes / 16 / nodes, 32 * MIB, 8192 * MIB);
  }

  int shards() {
    return Integer.highestOneBit(Math.clamp(cores / 4, 1, 8));
  }

  /** What clients' commands may hold: a quarter of the heap, and room for a command of the longest argument. */
  long inputBytes(int maxBulkBytes) {
    return Math.max(heapBytes / 4, 3L * maxBulkBytes);
  }

  /** What replies, or what waits for peers, may hold: an eighth of the heap. */
  long outputBytes() {
    return Math.max(heapBytes / 8, MIB);
  }

  /** What may wait in one of the node's inner queues: a twelfth of the heap. */
  long queueBytes() {
    return Math.max(heapBytes / 12, MIB);
  }

  /**
   * One for every two cores: storage, compaction and the collector want the others, and with fewer loops a batch holds more.
   */
  int eventLoops() {
    return Math.clamp(cores / 2, 1, 256);
  }
}
