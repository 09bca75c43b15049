package dev.torc.verticles.config;

/** A configuration that is refused. The message is one line for the operator: the key, the value, what is allowed. */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final String allowed;

  /** A wrong value of a key. */
  public ConfigException(String key, Object value, String allowed) {
    this(key, allowed, key + " = " + value + " is not allowed; allowed: " + allowed);
  }

  private ConfigException(String key, String allowed, String line) {
    super(line);
    this.key = key;
    this.allowed = allowed;
  }

  /** Something wrong that is not the value of one key, such as a file that cannot be read. */
  static ConfigException line(String line) {
    return new ConfigException("", "", line.replaceAll("\\s+", " ").strip());
  }

  /** The same refusal, with the value as it was written and the place where it was. */
  ConfigException at(String written, String place) {
    return new ConfigException(key, allowed,
        key + " = " + written + " (" + place + ") is not allowed; allowed: " + allowed);
  }

  /** The key that holds the wrong value; empty when it is not about one key. */
  String key() {
    return key;
  }
}
