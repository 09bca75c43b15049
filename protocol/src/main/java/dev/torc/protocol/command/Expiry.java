package dev.torc.protocol.command;

/** When a value stops to be. */
public sealed interface Expiry {
  Expiry NONE = new Never();
  Expiry KEEP_TTL = new KeepTtl();

  /** Stays until it is deleted; an earlier expiry of the key is gone. */
  record Never() implements Expiry {}

  /** As the key's value before. */
  record KeepTtl() implements Expiry {}

  /** @param unixMillis may lie in the past; positive but in an EXPIRE */
  record At(long unixMillis) implements Expiry {}

  /** @param millis from the moment the command runs; positive but in an EXPIRE; never so many that adding today's time would overflow */
  record In(long millis) implements Expiry {}
}
