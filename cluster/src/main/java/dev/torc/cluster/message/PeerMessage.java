package dev.torc.cluster.message;

import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import java.util.List;

/**
 * What nodes say to each other over TCP: requests, each under an id of the asker's that never comes again (not after a restart either), and their
 * answers on the same connection.
 */
public sealed interface PeerMessage {
  /** The sender's clock. */
  long hlc();

  /** One thing said, under its id. */
  sealed interface Single extends PeerMessage {
    long id();
  }

  /** Something that is to be done, and its deadline (wall time of the asker): later than that it is refused, so that no copy in flight outlives it. */
  sealed interface Ask extends Single {
    long deadlineMillis();
  }

  /** A replica's duty: this step, on your store. */
  record Perform(long id, long deadlineMillis, long hlc, StoreStep step) implements Ask {}

  record Performed(long id, long hlc, StoreAnswer answer) implements Single {}

  /** A write, or a strong operation, for a replica to coordinate, from a node that is none. */
  record Forward(long id, long deadlineMillis, long hlc, Request.ToReplica request) implements Ask {}

  record Forwarded(long id, long hlc, Outcome outcome) implements Single {}

  /**
   * What one turn of the sender's says to one node, in order. Each part is as if it had come alone: it has its own id and deadline, and is answered, late or
   * undelivered by itself.
   *
   * @param parts {@value #MIN_PARTS} to {@value #MAX_PARTS}
   */
  record Together(List<Single> parts) implements PeerMessage {
    public static final int MIN_PARTS = 2;
    public static final int MAX_PARTS = 4096;

    public Together {
      if (parts.size() < MIN_PARTS || parts.size() > MAX_PARTS) {
        throw new IllegalArgumentException(parts.size() + " parts, not " + MIN_PARTS + " to " + MAX_PARTS);
      }
    }

    /** The latest of its parts'. */
    @Override
    public long hlc() {
      long latest = parts.getFirst().hlc();
      for (int i = 1; i < parts.size(); i++) {
        latest = Math.max(latest, parts.get(i).hlc());
      }
      return latest;
    }
  }
}
