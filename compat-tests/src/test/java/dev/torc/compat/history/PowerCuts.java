package dev.torc.compat.history;

import dev.torc.compat.history.KeyEvent.Write;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one machine may have lost when its power was cut: what it alone had acknowledged, before it was synced. That is at most a write at ONE or ANY that it coordinated itself: a
 * client gave it to this machine, or to one that does not hold the key and so passed it on. Whatever two nodes acknowledged is on another disk.
 */
public final class PowerCuts {
  /** The last second by the setting, and what more it may have been where the disk was busy. */
  static final Duration UNSYNCED = Duration.ofSeconds(3);
  /** The client hears of an acknowledgement after the node has sent it. */
  static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private record Cut(long begin, long end) {
    boolean mayTake(Write write) {
      return write.returned() > begin - UNSYNCED.toNanos() && write.returned() < end + UNDER_WAY.toNanos();
    }
  }

  private final int node;
  private final List<Cut> cuts = new CopyOnWriteArrayList<>();

  /** @param node whose power is cut */
  public PowerCuts(int node) {
    this.node = node;
  }

  /** From the moment in which the power goes to that in which all that was not synced is gone: nanoseconds on this process's clock. */
  public void add(long begin, long end) {
    cuts.add(new Cut(begin, end));
  }

  /** @param replicas the nodes that hold the write's key */
  boolean mayHaveTaken(Write write, Collection<Integer> replicas) {
    boolean itselfCoordinated = write.node() == node || replicas.contains(node) && !replicas.contains(write.node());
    return write.level().holders == 1 && itselfCoordinated && cuts.stream().anyMatch(cut -> cut.mayTake(write));
  }
}
