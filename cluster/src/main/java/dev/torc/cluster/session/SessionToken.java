package dev.torc.cluster.session;

import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.wire.ByteReader;
import dev.torc.cluster.wire.ByteWriter;
import dev.torc.cluster.wire.CausalityCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.SealedText;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;

/**
 * A session as a client carries it to another connection, maybe of another node: a {@link SealedText} of at most {@link #MAX_CHARS} bytes. It is good for a while
 * only, because what it bounds must be there still.
 *
 * <pre>
 * made (8, wall ms) greatest hlc (8) buckets (8) weak buckets (8) count { place (8) check (4) on quorum (1) whole (1) on replica (1) context } …
 * </pre>
 *
 * The keys last used come first; those that find no room are told by their buckets.
 */
public final class SessionToken {
  public static final int MAX_CHARS = 8 * 1024;
  private static final int MAX_BODY_BYTES = MAX_CHARS / 4 * 3 - 64;
  private static final int KEY_BYTES = 16;

  private SessionToken() {}

  /** What a client handed back. */
  public sealed interface Reading {}

  public record Good(Session session) implements Reading {}

  /** @param error what is wrong with it */
  public record Bad(String error) implements Reading {}

  public static Bytes write(Session session, long wallMillis) {
    var told = Session.of(session.quorumBuckets(), session.weakBuckets(), session.greatestHlc());
    var entries = new ByteWriter(1024);
    int count = 0;
    for (var entry : new ArrayList<>(session.keys().entrySet()).reversed()) {
      var id = entry.getKey();
      var seen = entry.getValue();
      var bytes = new ByteWriter(64).i64(id.place()).i32(id.check()).bool(seen.isOnQuorum()).bool(seen.isWhole())
          .bool(seen.isOnReplica());
      CausalityCodec.writeContext(seen.context(), bytes);
      if (entries.size() + bytes.size() <= MAX_BODY_BYTES) {
        entries.raw(bytes.buffer(), 0, bytes.size());
        count++;
      } else {
        told.forget(id, seen.isOnQuorum());
      }
    }
    var body = new ByteWriter(64 + entries.size()).i64(wallMillis).i64(told.greatestHlc()).i64(told.quorumBuckets())
        .i64(told.weakBuckets()).varint(count).raw(entries.buffer(), 0, entries.size());
    return SealedText.write(SealedText.Kind.SESSION, body, Bytes.EMPTY);
  }

  /**
   * Never throws, whatever the text is.
   *
   * @param maxAgeMillis how long ago it may have been made
   * @param maxSkewMillis how far ahead another node's clock may be
   */
  public static Reading read(Bytes text, long wallMillis, long maxAgeMillis, long maxSkewMillis) {
    try {
      var in = SealedText.read(SealedText.Kind.SESSION, text, Bytes.EMPTY);
      long made = in.i64();
      long hlc = in.i64();
      long latest = wallMillis + maxSkewMillis;
      if (made > latest || hlc < 0 || Hlc.millis(hlc) > latest) {
        return new Bad("the session token is further ahead than the clocks may differ");
      }
      if (made < wallMillis - maxAgeMillis) {
        return new Bad("the session token has expired: it is " + age(made < 0 ? wallMillis : wallMillis - made)
            + " old, allowed is " + age(maxAgeMillis));
      }
      return new Good(read(Session.of(in.i64(), in.i64(), hlc), in));
    } catch (MalformedException malformed) {
      return new Bad(malformed.getMessage());
    }
  }

  private static Session read(Session session, ByteReader in) {
    int count = in.count(KEY_BYTES);
    if (count > Session.MAX_KEYS) {
      throw new MalformedException("a session of " + count + " keys");
    }
    var ids = new ArrayList<KeyId>(count);
    var seen = new ArrayList<Session.Seen>(count);
    for (int i = 0; i < count; i++) {
      ids.add(new KeyId(in.i64(), in.i32()));
      boolean isOnQuorum = in.bool();
      boolean isWhole = in.bool();
      boolean isOnReplica = in.bool();
      seen.add(new Session.Seen(CausalityCodec.readContext(in), isOnQuorum, isWhole, isOnReplica));
    }
    in.end();
    for (int i = count - 1; i >= 0; i--) {
      session.restore(ids.get(i), seen.get(i));
    }
    return session;
  }

  /** For people: {@code 90 s}, {@code 45 min}, {@code 2 h}. */
  private static String age(long millis) {
    long seconds = millis / 1000;
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 && seconds % 3600 != 0
            ? seconds / 60 + " min"
            : seconds / 3600 + " h";
  }
}
