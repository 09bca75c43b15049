package dev.torc.cluster.coordination;

import dev.torc.cluster.change.TransactionId;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.StoredRecord;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a coordinator knows as a proposer of strong operations: its identity, the line of those that wait for a key, and for keys that it changed last
 * the ballot that it was promised with the last acceptance, which saves the next operation a round trip.
 *
 * <p>The identity is drawn anew with every start, so neither a ballot nor a strong write's dot can be one of a former life.
 */
final class Proposer {
  private static final int LARGEST_CACHED_BYTES = 64 << 10;
  private static final long MAX_CACHED_BYTES = 8 << 20;
  private static final long ENTRY_BYTES = 512;

  /** What was accepted last, and a ballot above it that nobody else has. */
  record Cached(Ballot ballot, StoredRecord value, Envelope results) {
    long bytes() {
      return ENTRY_BYTES + value.valueBytes() + results.valueBytes() + 40L * results.size();
    }
  }

  private final long process;
  private final HybridClock clock;
  private final RandomGenerator random;
  /** Of keys with an operation under way: those that wait for it. */
  private final TreeMap<Key, ArrayDeque<QueuedCoordination>> lines = new TreeMap<>();
  private final LinkedHashMap<Key, Cached> cached = new LinkedHashMap<>();
  private final TreeSet<Key> rejoining = new TreeSet<>();
  private final TreeSet<Long> open = new TreeSet<>();
  private final IntentWatch watch = new IntentWatch();
  private long cachedBytes;
  private long lastHlc;
  private long nextNumber;
  private long nextTransaction;

  Proposer(HybridClock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    this.process = random.nextLong();
  }

  long process() {
    return process;
  }

  /** A ballot that was never used, above the given one and above all that this proposer drew before. */
  Ballot newBallot(Ballot above, Moment now) {
    return new Ballot(newHlc(above.counter(), now), process);
  }

  /** A reading above the given one and above all that this proposer drew before; so no two of its dots are the same. */
  long newHlc(long above, Moment now) {
    lastHlc = Math.max(Math.max(lastHlc, above) + 1, clock.tick(now));
    return lastHlc;
  }

  /** A part of {@code millis}, at least 1, so that two who are in each other's way part. */
  long jitter(long millis) {
    return 1 + random.nextLong(Math.max(1, millis));
  }

  TransactionId newTransaction() {
    return new TransactionId(process, nextTransaction++);
  }

  IntentWatch watch() {
    return watch;
  }

  /** The id of a new operation of a client's. */
  OperationId open() {
    open.add(nextNumber);
    return new OperationId(process, nextNumber++);
  }

  void close(OperationId id) {
    open.remove(id.number());
  }

  /** The lowest number that is still open. */
  long lowestOpen() {
    return open.isEmpty() ? nextNumber : open.first();
  }

  /** Whether the operation may go on; else it is woken ({@link QueuedCoordination#onFirst}) when those before it have left. */
  boolean enter(Key key, QueuedCoordination operation) {
    var line = lines.get(key);
    if (line != null) {
      line.add(operation);
      return false;
    }
    lines.put(key, new ArrayDeque<>(0));
    return true;
  }

  /** Who is next in line; null: nobody. */
  QueuedCoordination leave(Key key) {
    var next = lines.get(key).poll();
    if (next == null) {
      lines.remove(key);
    }
    return next;
  }

  /** Out of the line before its turn came. */
  void giveUp(Key key, QueuedCoordination operation) {
    lines.get(key).remove(operation);
  }

  /** What is known of the key, once: a ballot is used by one operation. Null: nothing. */
  Cached take(Key key) {
    var taken = cached.remove(key);
    cachedBytes -= taken == null ? 0 : taken.bytes();
    return taken;
  }

  /** Unless nothing was promised. */
  void keep(Key key, Cached known) {
    take(key);
    if (known.ballot().isNone() || known.bytes() > LARGEST_CACHED_BYTES) {
      return;
    }
    cached.put(key, known);
    cachedBytes += known.bytes();
    while (cachedBytes > MAX_CACHED_BYTES) {
      cachedBytes -= cached.pollFirstEntry().getValue().bytes();
    }
  }

  /** False if somebody is at it already. */
  boolean beginRejoin(Key key) {
    return rejoining.add(key);
  }

  void endRejoin(Key key) {
    rejoining.remove(key);
  }
}
