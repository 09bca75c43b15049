package dev.torc.protocol.command;

/** How an expiry is told. */
public enum TtlForm {
  /** TTL: seconds from now, rounded. */
  SECONDS_LEFT,
  /** PTTL: milliseconds from now. */
  MILLIS_LEFT,
  /** EXPIRETIME: Unix time in seconds, rounded. */
  UNIX_SECONDS,
  /** PEXPIRETIME: Unix time in milliseconds. */
  UNIX_MILLIS;

  /** The figure of an expiry that lies ahead, rounded as Redis does. */
  public long figure(long expiryUnixMillis, long nowUnixMillis) {
    long left = Math.max(0, expiryUnixMillis - nowUnixMillis);
    return switch (this) {
      case SECONDS_LEFT -> (left + 500) / 1000;
      case MILLIS_LEFT -> left;
      case UNIX_SECONDS -> expiryUnixMillis / 1000 + (expiryUnixMillis % 1000 >= 500 ? 1 : 0);
      case UNIX_MILLIS -> expiryUnixMillis;
    };
  }
}
