package dev.torc.verticles.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Typed reading of resolved keys; a value of another type is refused in the same words as one out of range. */
record Settings(Config config) {

  private static final String AUTO = "auto";

  String text(String key) {
    return read(key, "a text", () -> config.getString(key));
  }

  int count(String key) {
    return read(key, "a whole number", () -> config.getInt(key));
  }

  boolean flag(String key) {
    return read(key, "yes or no", () -> config.getBoolean(key));
  }

  long millis(String key) {
    return read(key, "a duration, such as 500 ms or 2 s", () -> config.getDuration(key, TimeUnit.MILLISECONDS));
  }

  long bytes(String key) {
    return read(key, "a size, such as 64 KiB or 1 GiB", () -> config.getBytes(key));
  }

  /** A size that fits an int; a greater one reads as the greatest int, for the range check to refuse. */
  int bytesInt(String key) {
    return (int) Math.min(Integer.MAX_VALUE, bytes(key));
  }

  /** A list, or one text with commas. */
  List<String> texts(String key) {
    return read(key, "a list of texts, or one text with commas", () -> {
      if (config.getValue(key).valueType() == ConfigValueType.LIST) {
        return config.getStringList(key);
      }
      return Arrays.stream(config.getString(key).split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    });
  }

  /** A list of objects, or the same as text. */
  List<? extends Config> objects(String key) {
    return read(key, "a list of objects", () -> config.getValue(key).valueType() == ConfigValueType.STRING
        ? ConfigFactory.parseString("it = " + config.getString(key)).getConfigList("it")
        : config.getConfigList(key));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String word = text(key).toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants()).filter(choice -> choice.name().equals(word)).findFirst()
        .orElseThrow(() -> new ConfigException(key, text(key), Arrays.stream(type.getEnumConstants())
            .map(choice -> choice.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
  }

  int autoOrCount(String key, int automatic) {
    return isAuto(key) ? automatic : read(key, "auto or a whole number", () -> config.getInt(key));
  }

  long autoOrBytes(String key, long automatic) {
    return isAuto(key) ? automatic : read(key, "auto or a size, such as 1 GiB", () -> config.getBytes(key));
  }

  /** A port, or so much above the client port. */
  int autoOrPort(String key, int clientPort, int above) {
    if (!isAuto(key)) {
      return read(key, "auto or 1 to 65535", () -> config.getInt(key));
    }
    if (clientPort + above > 65_535) {
      throw new ConfigException(key, AUTO,
          "1 to 65535, as torc.client.port + " + above + " is " + (clientPort + above));
    }
    return clientPort + above;
  }

  /** The refusal with the value as it was written, and where. */
  ConfigException located(ConfigException wrong) {
    if (wrong.key().isEmpty() || !config.hasPath(wrong.key())) {
      return wrong;
    }
    var value = config.getValue(wrong.key());
    return wrong.at(String.valueOf(value.unwrapped()), value.origin().description());
  }

  private boolean isAuto(String key) {
    return config.hasPath(key) && config.getValue(key).unwrapped() instanceof String text
        && text.equalsIgnoreCase(AUTO);
  }

  private <T> T read(String key, String allowed, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (com.typesafe.config.ConfigException.Missing missing) {
      throw new ConfigException(key, "null", allowed);
    } catch (com.typesafe.config.ConfigException wrong) {
      throw new ConfigException(key, config.getValue(key).unwrapped(), allowed);
    }
  }
}
