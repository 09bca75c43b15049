package dev.torc.cluster.message;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/** How a {@link Request} ended. */
public sealed interface Outcome {

  /**
   * Read at the level asked for: what the replicas hold together, empty if nothing.
   *
   * @param replicas how many of them the answer rests on; where others stood in for some, how many surely hold it
   * @param staleMillis whatever a quorum had acknowledged so long before the request is in the answer; {@link #UNKNOWN_AGE}: nothing is known
   */
  record Found(StoredRecord record, int replicas, long staleMillis) implements Outcome {
    public static final long UNKNOWN_AGE = -1;
  }

  /**
   * @param existed whether there was a live value before, as the replicas that acknowledged knew it
   * @param context what the writer has now seen: what it had, and its own write
   * @param replicas how many had acknowledged it; those who only keep a hint are none
   */
  record Written(Dot dot, boolean existed, Context context, int replicas) implements Outcome {}

  /**
   * A strong operation: done, or found that there was nothing to do.
   *
   * @param version what the key's record has seen then
   * @param replicas a majority, which agreed
   */
  record Changed(ChangeResult result, VersionVector version, int replicas) implements Outcome {}

  record Listed(List<Bytes> keys, ScanPoint next) implements Outcome {}

  record Counted(long keys) implements Outcome {}

  record Flushed() implements Outcome {}

  /** @param replicas all of the key's, in the order of its preference list */
  record Explained(List<Copy> replicas) implements Outcome {
    public Explained {
      replicas = List.copyOf(replicas);
    }

    /**
     * What one replica has.
     *
     * @param version what it has seen; empty if it did not say
     * @param record the same with the values; empty if it did not say, or they are large
     * @param inSync whether it has all that those who answered have, and nothing that one of them has given up
     * @param error why it did not say; empty if it did
     */
    public record Copy(NodeId node, boolean isUp, Optional<VersionVector> version, Optional<StoredRecord> record,
        boolean inSync, String error) {}
  }

  /**
   * Of several writes, the smallest figure of each.
   *
   * @param others how many replicas hold a write, this node not counted; where it is no replica of the key, one of them stands for it
   * @param self whether it holds it, or where it is no replica, any does
   * @param isAll whether that is what was asked for, or as much as there can be; otherwise the time was up
   */
  record Confirmed(int others, boolean self, boolean isAll) implements Outcome {}

  /** Nothing was applied. */
  record Refused(Reason reason, String detail) implements Outcome {}

  /** May have been applied, or not, or may yet be. */
  record Uncertain(String detail) implements Outcome {}

  enum Reason {
    /** The read level was not reached. */
    READ_LEVEL,
    /** The write level cannot be reached; known before anything was sent. */
    WRITE_LEVEL,
    /** Too much is going on. */
    BUSY,
    /** Other strong operations on the key were in the way all the time. */
    CONTENTION,
    /** The node is starting, or still counting. */
    LOADING,
    /** The disk is full or failing. */
    DISK,
    BAD_CONTEXT,
    /** The key has as many siblings as it may have. */
    SIBLINGS,
    /** The level can never be reached for such a key, or is none for such a request. */
    BAD_LEVEL,
    /** This node's clock is too far from its peers'; others may still coordinate. */
    CLOCK
  }
}
