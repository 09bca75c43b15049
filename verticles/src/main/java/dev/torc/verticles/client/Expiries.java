package dev.torc.verticles.client;

import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Expiry;
import dev.torc.verticles.SystemClock;

/** The wall time that an expiry means now. */
final class Expiries {
  private Expiries() {}

  /** Unix milliseconds, of any sign where the command allows it; {@link Content#NEVER} for none, and where the old one is kept. */
  static long at(Expiry expiry) {
    return switch (expiry) {
      case Expiry.Never never -> Content.NEVER;
      case Expiry.KeepTtl keep -> Content.NEVER;
      case Expiry.At at -> at.unixMillis();
      case Expiry.In in -> SystemClock.now().wallMillis() + in.millis();
    };
  }
}
