package dev.torc.cluster.version;

import dev.torc.protocol.Bytes;
import java.util.Objects;

/**
 * What a write leaves behind: a value, or a tombstone.
 *
 * @param value empty in a tombstone
 * @param expiresAtMillis wall time from which the value reads as absent; 0: never. A tombstone that an expired value became keeps it.
 */
public record Content(boolean isTombstone, Bytes value, long expiresAtMillis) {
  public static final long NEVER = 0;
  public static final Content TOMBSTONE = new Content(true, Bytes.EMPTY, NEVER);

  public Content {
    Objects.requireNonNull(value);
    if (isTombstone && value.size() != 0 || expiresAtMillis < 0) {
      throw new IllegalArgumentException("a tombstone has no value, and an expiry is not negative");
    }
  }

  public static Content of(Bytes value) {
    return new Content(false, value, NEVER);
  }

  public static Content of(Bytes value, long expiresAtMillis) {
    return new Content(false, value, expiresAtMillis);
  }

  public boolean isLive(long wallMillis) {
    return !isTombstone && !isExpired(wallMillis);
  }

  public boolean isExpired(long wallMillis) {
    return expiresAtMillis != NEVER && expiresAtMillis <= wallMillis;
  }

  /** The tombstone that an expired value becomes, of the same expiry, so that every replica makes the same one. */
  public Content collapsed() {
    return new Content(true, Bytes.EMPTY, expiresAtMillis);
  }
}
