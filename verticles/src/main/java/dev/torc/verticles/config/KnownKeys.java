package dev.torc.verticles.config;

import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys that the defaults name; there are no others. */
record KnownKeys(SortedSet<String> keys) {

  static KnownKeys of(Config defaults) {
    var keys = new TreeSet<String>();
    defaults.resolve().entrySet().forEach(entry -> keys.add(entry.getKey()));
    return new KnownKeys(keys);
  }

  /** The environment variable of a key: torc.client.max-key is TORC_CLIENT_MAX_KEY. */
  static String variable(String key) {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Refuses what is not a key of Torc, and says which one is nearest. Outside of torc, only what looks like a forgotten prefix. */
  void check(Config resolved) {
    resolved.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
      String key = entry.getKey();
      boolean ours = key.equals("torc") || key.startsWith("torc.") || keys.contains("torc." + key);
      if (ours && !keys.contains(key)) {
        throw ConfigException.line(key + " (" + entry.getValue().origin().description()
            + ") is not a key of Torc; the nearest is " + nearest(key));
      }
    });
  }

  String nearest(String key) {
    return keys.stream().min(Comparator.comparingInt(known -> known.startsWith(key + ".") ? 0 : distance(known, key)))
        .orElseThrow();
  }

  /** Levenshtein's: letters to insert, delete or replace. */
  static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }

  List<String> sorted() {
    return List.copyOf(keys);
  }
}
