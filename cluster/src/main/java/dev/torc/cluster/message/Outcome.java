package dev.torc.cluster.message;

import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.List;

/** How a {@link Request} ended. */
public sealed interface Outcome {

  /** Read at the level asked for: what the replicas hold together, empty if nothing. */
  record Found(StoredRecord record) implements Outcome {}

  /** @param existed whether there was a live value before, as the replicas that acknowledged knew it */
  record Written(Dot dot, boolean existed) implements Outcome {}

  record Listed(List<Bytes> keys, ScanPoint next) implements Outcome {}

  record Counted(long keys) implements Outcome {}

  record Flushed() implements Outcome {}

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
    /** The node is starting, or still counting. */
    LOADING,
    /** The disk is full or failing. */
    DISK,
    BAD_CONTEXT,
    /** This node's clock is too far from its peers'; others may still coordinate. */
    CLOCK
  }
}
