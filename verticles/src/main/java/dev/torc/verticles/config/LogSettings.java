package dev.torc.verticles.config;

/** What the log says: the least serious level it shows, and the form of its lines. */
public record LogSettings(Level level, Format format) {

  /** From the fewest lines to the most. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** One event a line. */
  public enum Format {
    TEXT,
    JSON
  }

  static LogSettings from(Settings settings) {
    return new LogSettings(settings.choice("torc.log.level", Level.class),
        settings.choice("torc.log.format", Format.class));
  }
}
