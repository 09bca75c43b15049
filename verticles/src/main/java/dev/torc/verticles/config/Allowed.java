package dev.torc.verticles.config;

import java.util.regex.Pattern;

/** The checks of the records here; each throws a {@link ConfigException} that names the key. */
final class Allowed {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");
  private static final long[] SIZES = {1L << 40, 1L << 30, 1L << 20, 1L << 10};
  private static final String[] SIZE_NAMES = {" TiB", " GiB", " MiB", " KiB"};
  private static final long[] TIMES = {3_600_000, 60_000, 1_000};
  private static final String[] TIME_NAMES = {" h", " min", " s"};

  private Allowed() {}

  static void count(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(key, value, least + " to " + most);
    }
  }

  static void port(String key, int value) {
    count(key, value, 1, 65_535);
  }

  static void millis(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(key, time(value), time(least) + " to " + time(most));
    }
  }

  static void bytes(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(key, size(value), size(least) + " to " + size(most));
    }
  }

  static void word(String key, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new ConfigException(key, quoted(value), "1 to 64 letters, digits, dots, dashes and underscores");
    }
  }

  static void host(String key, String value) {
    if (!isHost(value)) {
      throw new ConfigException(key, quoted(value), "a host name or an IP address");
    }
  }

  static boolean isHost(String value) {
    return HOST.matcher(value).matches();
  }

  static String quoted(String value) {
    return '"' + value + '"';
  }

  static String size(long bytes) {
    return inUnits(bytes, SIZES, SIZE_NAMES, " bytes");
  }

  static String time(long millis) {
    return inUnits(millis, TIMES, TIME_NAMES, " ms");
  }

  private static String inUnits(long value, long[] units, String[] names, String smallest) {
    for (int i = 0; i < units.length; i++) {
      if (value >= units[i] && value % units[i] == 0) {
        return value / units[i] + names[i];
      }
    }
    return value == 0 ? "0" : value + smallest;
  }
}
