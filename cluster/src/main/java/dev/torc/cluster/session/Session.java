package dev.torc.cluster.session;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client has seen, so that its next commands are answered by nobody who has seen less: the four session guarantees of Terry et al. (1994), per key, at
 * whatever level each command has. Read your writes and monotonic reads: a read of a key asks for an answer that covers what was seen of it, and fails
 * rather than give less. Writes follow reads and monotonic writes: a write supersedes what was seen of its key, wherever it is coordinated. Across keys, a write
 * sorts behind everything that was answered before it was sent, because its coordinator's clock takes note of {@link #greatestHlc()}.
 *
 * <p>The rule needs a context for every key ever touched, which is not bounded. So the last {@link #MAX_KEYS} keys are remembered exactly. Of a
 * key that falls out only its bucket is, one of {@link #BUCKETS} by slot, and how much of a quorum holds what was seen there: a read of a key without
 * an entry, in such a bucket, is raised to QUORUM if all of it was read or written at a quorum, since quorums meet, and to ALL otherwise. A
 * write of such a key may leave what the session wrote before as a sibling, and sorts behind it; until such a read was made the key's entry is not whole.
 *
 * <p>The complication are strong operations, which ask a majority and take no context: before one on a key of which something was seen that may not be on a
 * majority, the key has to be read at a quorum after what was seen ({@link #isBeyondQuorum}), which brings it there. And what was deleted is forgotten by all replicas one day: then none covers what was seen, and
 * their absence of it is what tells that it is gone ({@link #provesReaped}). Not promised: a write whose outcome is uncertain was not seen;
 * and a key whose N is changed in between, or whose replicas lost their disks, may fail to be read until the session ends.
 */
public final class Session {
  public static final int MAX_KEYS = 64;
  public static final int BUCKETS = 64;

  /**
   * @param isOnQuorum whether all of the context is surely held by a quorum of the key's replicas
   * @param isWhole whether nothing was seen of the key beside the context, before it had fallen out
   * @param isOnReplica whether each write of the context was surely held by one of the key's replicas, and not only by nodes that stand in for them
   */
  record Seen(Context context, boolean isOnQuorum, boolean isWhole, boolean isOnReplica) {}

  private final LinkedHashMap<KeyId, Seen> keys = new LinkedHashMap<>(16, 0.75f, true);
  /** Buckets from which something fell out, a bit each. */
  private long quorumBuckets;
  /** Of those, the ones of which some may be held by less than a quorum. */
  private long weakBuckets;
  private long greatestHlc;
  private final int maxKeys;

  public Session() {
    this(MAX_KEYS);
  }

  /** @param maxKeys how many keys are remembered exactly */
  public Session(int maxKeys) {
    this.maxKeys = maxKeys;
  }

  /** What was seen of the key, as far as it is remembered. */
  public Context seen(Key key) {
    var seen = keys.get(KeyId.of(key));
    return seen == null ? Context.NOTHING : seen.context;
  }

  /**
   * The level at which to read the key for an answer that is not older than what was seen.
   *
   * @param level as asked for
   * @param replicas how many nodes hold the key
   */
  public Level atLeast(Level level, Key key, int replicas) {
    var seen = keys.get(KeyId.of(key));
    if (seen != null && seen.isWhole || !has(quorumBuckets, key)) {
      return level;
    }
    if (has(weakBuckets, key)) {
      return level instanceof Level.Strong ? level : Level.ALL;
    }
    return isQuorum(level, replicas) ? level : Level.QUORUM;
  }

  /** Whether something was, or may have been, seen of the key that is on less than a quorum of its replicas. */
  public boolean isBeyondQuorum(Key key) {
    var seen = keys.get(KeyId.of(key));
    return (seen == null || !seen.isWhole) && has(weakBuckets, key) || seen != null && !seen.isOnQuorum;
  }

  /** The level at which to read such a key, after what was seen of it, so that a quorum has all of it. */
  public Level beforeStrong(Key key) {
    var seen = keys.get(KeyId.of(key));
    return (seen == null || !seen.isWhole) && has(weakBuckets, key) ? Level.ALL : Level.QUORUM;
  }

  /**
   * How many replicas, none of which covers what was seen of the key, prove that it was deleted and then reaped; 0: no number does. A replica that has held something, counts, and does not cover it has
   * reaped it, and it did so when all replicas held one and the same deletion that covers it. So any of those who held it will do, which is sure to be among a quorum if a quorum held it, and else
   * among all. What only a stand-in has held may still be on its way.
   *
   * @param reapableHlc below which something may have been reaped; what is younger is asked for again and again, since it may be on its way
   */
  public int provesReaped(Key key, int replicas, long reapableHlc) {
    var seen = keys.get(KeyId.of(key));
    if (seen == null || !seen.isOnReplica || seen.context.greatestHlc() >= reapableHlc) {
      return 0;
    }
    return seen.isOnQuorum ? Level.QUORUM.required(replicas) : replicas;
  }

  /** That this was deleted and reaped is proven. If no more was seen of the key, it is as if nothing had been. */
  public void onReaped(Key key, Context reaped) {
    keys.computeIfPresent(KeyId.of(key), (id, seen) -> covering(seen.context).equals(reaped.version()) ? null : seen);
  }

  /** The greatest HLC of all that was seen; 0 if nothing was. */
  public long greatestHlc() {
    return greatestHlc;
  }

  /** @param version of the record that was found, which covers what was seen before */
  public void onRead(Key key, VersionVector version, Level level, int replicas) {
    var before = keys.get(KeyId.of(key));
    if (version.size() == 0 && before == null) {
      return;
    }
    boolean known = before != null && before.isOnQuorum && before.context.version().covers(version);
    put(KeyId.of(key), Context.of(version), known || isQuorum(level, replicas),
        isWhole(key) || meetsBucket(level, key, replicas), known || !level.countsHints());
  }

  /** @param context as the write left it, which covers the context that was seen before */
  public void onWritten(Key key, Context context, Level level, int replicas) {
    put(KeyId.of(key), context, isQuorum(level, replicas), isWhole(key), !level.countsHints());
  }

  /** @param version as the strong operation left it, having asked a majority */
  public void onChanged(Key key, VersionVector version, int replicas) {
    put(KeyId.of(key), Context.of(version), true, isWhole(key) || meetsBucket(Level.STRONG, key, replicas),
        true);
  }

  /** Whether all that was ever seen of the key is remembered exactly. */
  private boolean isWhole(Key key) {
    var seen = keys.get(KeyId.of(key));
    return seen == null ? !has(quorumBuckets, key) : seen.isWhole;
  }

  /** Whether an answer of that level has what fell out of the key's bucket. */
  private boolean meetsBucket(Level level, Key key, int replicas) {
    return has(weakBuckets, key)
        ? !level.isLocal() && level.required(replicas) >= replicas
        : isQuorum(level, replicas);
  }

  /** What another connection has seen was seen here too. */
  public void join(Session other) {
    keys.replaceAll((id, seen) -> new Seen(seen.context, seen.isOnQuorum,
        seen.isWhole && (other.quorumBuckets & id.bucket()) == 0, seen.isOnReplica));
    long fallenHere = quorumBuckets;
    quorumBuckets |= other.quorumBuckets;
    weakBuckets |= other.weakBuckets;
    greatestHlc = Math.max(greatestHlc, other.greatestHlc);
    other.keys.forEach((id, seen) -> {
      var mine = keys.get(id);
      put(id, seen.context, seen.isOnQuorum && (mine == null || mine.isOnQuorum),
          seen.isWhole && (mine == null ? (fallenHere & id.bucket()) == 0 : mine.isWhole),
          seen.isOnReplica && (mine == null || mine.isOnReplica));
    });
  }

  private void put(KeyId id, Context context, boolean isOnQuorum, boolean isWhole, boolean isOnReplica) {
    var before = keys.get(id);
    var all = before == null ? context : merged(before.context, context);
    keys.put(id, new Seen(all, isOnQuorum, isWhole, isOnReplica));
    greatestHlc = Math.max(greatestHlc, context.greatestHlc());
    if (keys.size() > maxKeys) {
      var eldest = keys.pollFirstEntry();
      forget(eldest.getKey(), eldest.getValue().isOnQuorum);
    }
  }

  /** Both. A single dot that was seen before and is still not covered was superseded by the write that is seen now. */
  private static Context merged(Context before, Context now) {
    var version = before.version().merge(now.version());
    var dot = now.dot().or(before::dot).filter(one -> !version.covers(one));
    return dot.isEmpty() ? Context.of(version) : new Context(version, dot);
  }

  /** As far as answers go, to have seen a single dot is to have seen all of its actor up to it: who covers the one covers the other. */
  public static Context bound(Context a, Context b) {
    return Context.of(covering(a).merge(covering(b)));
  }

  private static VersionVector covering(Context context) {
    return context.dot().isEmpty() ? context.version() : context.version().with(context.dot().get());
  }

  /** Whether any two of the level's sets of replicas meet. */
  static boolean isQuorum(Level level, int replicas) {
    return !level.isLocal() && !level.countsHints()
        && level.required(replicas) >= Level.QUORUM.required(replicas);
  }

  private static boolean has(long buckets, Key key) {
    return (buckets & KeyId.of(key).bucket()) != 0;
  }

  void forget(KeyId id, boolean isOnQuorum) {
    quorumBuckets |= id.bucket();
    weakBuckets |= isOnQuorum ? 0 : id.bucket();
  }

  /** Those that are remembered exactly, the one last used last. */
  Map<KeyId, Seen> keys() {
    return keys;
  }

  long quorumBuckets() {
    return quorumBuckets;
  }

  long weakBuckets() {
    return weakBuckets;
  }

  /** As it was told by a token. */
  static Session of(long quorumBuckets, long weakBuckets, long greatestHlc) {
    var session = new Session();
    session.quorumBuckets = quorumBuckets | weakBuckets;
    session.weakBuckets = weakBuckets;
    session.greatestHlc = greatestHlc;
    return session;
  }

  void restore(KeyId id, Seen seen) {
    put(id, seen.context, seen.isOnQuorum, seen.isWhole, seen.isOnReplica);
  }
}
