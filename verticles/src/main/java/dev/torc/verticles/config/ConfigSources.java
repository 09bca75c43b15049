package dev.torc.verticles.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where values come from. Flags win over the environment, the environment over the file, the file over the defaults.
 *
 * @param flags key to value; the prefix {@code torc.} may be left out
 * @param environment all variables of the process; those of no key are left alone
 * @param file HOCON, as in {@code --config torc.conf}
 */
public record ConfigSources(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {

  /** Every key there is, sorted. */
  public static List<String> keys() {
    return KnownKeys.of(defaults()).sorted();
  }

  /** The environment variable of a key: torc.client.max-key is TORC_CLIENT_MAX_KEY. */
  public static String variable(String key) {
    return KnownKeys.variable(key);
  }

  Settings settings() {
    Config defaults = defaults();
    KnownKeys known = KnownKeys.of(defaults);
    Config given = fromFlags(known).withFallback(fromEnvironment(known)).withFallback(fromFile());
    try {
      Config resolved = given.withFallback(defaults).resolve();
      known.check(resolved);
      return new Settings(resolved);
    } catch (com.typesafe.config.ConfigException wrong) {
      throw ConfigException.line(String.valueOf(wrong.getMessage()));
    }
  }

  private static Config defaults() {
    var loader = ConfigParseOptions.defaults().setClassLoader(ConfigSources.class.getClassLoader());
    return ConfigFactory.parseResources("reference.conf", loader.setAllowMissing(false)).withOnlyPath("torc");
  }

  private Config fromFlags(KnownKeys known) {
    Config config = ConfigFactory.empty();
    for (var flag : flags.entrySet()) {
      String key = flag.getKey().startsWith("torc.") ? flag.getKey() : "torc." + flag.getKey();
      if (!known.keys().contains(key)) {
        throw ConfigException
            .line(key + " (command line) is not a key of Torc; the nearest is " + known.nearest(key));
      }
      config = config.withValue(key, ConfigValueFactory.fromAnyRef(flag.getValue(), "command line"));
    }
    return config;
  }

  private Config fromEnvironment(KnownKeys known) {
    Config config = ConfigFactory.empty();
    for (String key : known.keys()) {
      String variable = KnownKeys.variable(key);
      String value = environment.get(variable);
      if (value != null) {
        config = config.withValue(key, ConfigValueFactory.fromAnyRef(value, "environment variable " + variable));
      }
    }
    return config;
  }

  private Config fromFile() {
    if (file.isEmpty()) {
      return ConfigFactory.empty();
    }
    Path path = file.get();
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw ConfigException.line("--config = " + path + " is not allowed; allowed: a file that can be read");
    }
    try {
      return ConfigFactory.parseFile(path.toFile());
    } catch (com.typesafe.config.ConfigException wrong) {
      throw ConfigException.line(String.valueOf(wrong.getMessage()));
    }
  }
}
