package dev.torc.protocol.command;

/** What KV.LEVEL does to one of a connection's two levels. */
public sealed interface LevelChange {
  LevelChange KEEP = new Keep();
  LevelChange DEFAULT = new Default();

  /** It was not named. */
  record Keep() implements LevelChange {}

  /** DEFAULT: the connection has none of its own any more, the key's policy or the configuration decides. */
  record Default() implements LevelChange {}

  record To(Level level) implements LevelChange {}
}
