package dev.torc.cluster.message;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.TreeSet;

/** What a client asks of its coordinator. */
public sealed interface Request {

  record Read(Key key, Terms terms, ReadBound bound) implements Request {
    public Read(Key key, Level level) {
      this(key, Terms.of(level), ReadBound.NONE);
    }

    public Level level() {
      return terms.level();
    }
  }

  /** What a replica of the key has to carry out. */
  sealed interface ToReplica extends Request {
    Key key();

    Terms terms();
  }

  /** A strong operation, as a client asks for it. */
  record Strong(Key key, Change change, Terms terms) implements Request {}

  /**
   * The same, on its way to the replica that proposes it.
   *
   * @param lowestOpen of the operations of that process, the lowest number that is not over
   * @param isAgain whether somebody else was asked to do it before and may do it still. Then its result is kept in any case, also when it changes nothing:
   *     otherwise that other one would find no trace of it, and do it after it was answered
   */
  record Propose(Key key, Change change, OperationId id, long lowestOpen, boolean isAgain, Terms terms)
      implements
        ToReplica {

    /** For the first time. */
    public Propose(Key key, Change change, OperationId id, long lowestOpen, Terms terms) {
      this(key, change, id, lowestOpen, false, terms);
    }
  }

  /**
   * A strong operation on several keys of one slot and one N, for one of their replicas to carry out.
   *
   * @param keys as many as the operation is of, the primary first, none twice
   */
  record StrongAll(List<Key> keys, Joint joint, Terms terms) implements ToReplica {
    public StrongAll {
      keys = List.copyOf(keys);
      int slot = keys.getFirst().slot();
      if (keys.size() != joint.keys() || keys.stream().anyMatch(key -> key.slot() != slot)
          || new TreeSet<>(keys).size() != keys.size()) {
        throw new IllegalArgumentException(keys.size() + " keys for " + joint.keys() + ", of one slot, none twice");
      }
    }

    @Override
    public Key key() {
      return keys.getFirst();
    }
  }

  /** @param keepsExpiry the new value takes over what is left of the old one's time */
  record Write(Key key, Content content, boolean keepsExpiry, Causality causality, Terms terms) implements ToReplica {

    /** A plain write, which supersedes what its coordinator holds. */
    public static Write blind(Key key, Content content, Level level) {
      return new Write(key, content, false, Causality.BLIND, Terms.of(level));
    }

    public Level level() {
      return terms.level();
    }
  }

  /** Keys with a value in the ranges (ascending) from a place on, about {@code limit} of them, as a quorum of each slot's replicas knows them. */
  record Scan(List<SlotRange> ranges, ScanPoint from, int limit) implements Request {}

  /** How many keys this node holds in the ranges. */
  record CountHere(List<SlotRange> ranges) implements Request {}

  /** Keys of the ranges as this node alone holds them. */
  record ScanHere(List<SlotRange> ranges, ScanPoint from, int limit) implements Request {}

  /** What each replica of the key has of it, as it says itself. */
  record Explain(Key key, Terms terms) implements Request {}

  /**
   * On how many replicas writes are. Those that lack one are sent it, and all are asked again, until it is enough, or cannot become more, or the time is up.
   *
   * @param writes none: all have everything
   * @param replicas how many, beside this node
   * @param withSelf whether this node, if it is one of them, is waited for as well
   * @param synced whether it must be on disk for that
   * @param timeoutMillis at least 1
   */
  record Confirm(List<Made> writes, int replicas, boolean withSelf, boolean synced,
      long timeoutMillis) implements Request {
    public Confirm {
      writes = List.copyOf(writes);
      if (timeoutMillis < 1 || replicas < 0) {
        throw new IllegalArgumentException(replicas + " replicas in " + timeoutMillis + " ms");
      }
    }

    /**
     * A write that was acknowledged.
     *
     * @param version which whoever holds it covers
     * @param replicas N of the key; 0: the ring's
     */
    public record Made(Key key, VersionVector version, int replicas) {}
  }

  /** How many keys the cluster holds, each slot counted by its first live replica. */
  record CountAll() implements Request {}

  /** Deletes every key of the cluster that is there all along. */
  record Flush() implements Request {}
}
