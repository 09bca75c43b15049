package dev.torc.cluster.storage;

import dev.torc.cluster.ring.NodeId;
import java.util.List;

/** What a store says of the hints that it holds. */
public sealed interface HintAnswer extends StoreAnswer {

  /** @param isLast whether nothing is behind them */
  record Listed(List<Pending> hints, boolean isLast) implements HintAnswer {}

  /** One of them. @param bytes as it is counted in the {@link Tally} */
  record Pending(NodeId owner, Key key, Hint hint, long bytes) {}

  /**
   * How many there are.
   *
   * @param owners those that have any, by id
   * @param oldestMillis wall time at which the oldest began, by this node's clock; {@link #NONE} without any
   * @param missed who was ever to have something that was given up, by id
   */
  record Tally(List<Owed> owners, long oldestMillis, List<Missed> missed) implements HintAnswer {
    public static final long NONE = Long.MAX_VALUE;

    public Tally {
      owners = List.copyOf(owners);
      missed = List.copyOf(missed);
    }

    public Tally(List<Owed> owners, long oldestMillis) {
      this(owners, oldestMillis, List.of());
    }

    public long bytes() {
      return owners.stream().mapToLong(Owed::bytes).sum();
    }
  }

  /** What is held for one owner. @param bytes about as many as they take on the disk */
  record Owed(NodeId owner, long hints, long bytes) {}

  /** Somebody did not get all that was held for it. @param lastMillis wall time at which something was given up last */
  record Missed(NodeId owner, long lastMillis) {}
}
