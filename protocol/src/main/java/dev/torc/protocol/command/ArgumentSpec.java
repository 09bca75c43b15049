package dev.torc.protocol.command;

import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One argument of a command, as COMMAND DOCS tells it and redis-cli shows it while a person types.
 *
 * @param type key, string, integer, double, pattern, unix-time, pure-token, oneof or block
 * @param token the literal word in front, or empty
 * @param parts of a oneof or a block, else empty
 */
record ArgumentSpec(String name, String type, String token, boolean optional, boolean multiple,
    List<ArgumentSpec> parts) {

  private static final List<String> INTEGERS = List.of("seconds", "milliseconds", "start", "end", "count", "cursor",
      "index", "protover", "numreplicas", "timeout", "slot", "client-id", "maxage", "offset",
      "increment", "decrement", "numkeys", "numlocal", "n", "destination-db");
  private static final List<String> KEYS = List.of("key", "newkey", "source", "destination");

  static ArgumentSpec token(String token) {
    return new ArgumentSpec(token.toLowerCase(Locale.ROOT), "pure-token", token, false, false, List.of());
  }

  static ArgumentSpec value(String name) {
    return new ArgumentSpec(name, type(name), "", false, false, List.of());
  }

  static ArgumentSpec block(List<ArgumentSpec> parts) {
    return parts.size() == 1 ? parts.get(0) : new ArgumentSpec("data", "block", "", false, false, parts);
  }

  static ArgumentSpec oneOf(List<ArgumentSpec> parts) {
    return parts.size() == 1 ? parts.get(0) : new ArgumentSpec("choice", "oneof", "", false, false, parts);
  }

  ArgumentSpec behind(String word) {
    return new ArgumentSpec(name, type, word, optional, multiple, parts);
  }

  ArgumentSpec asOptional() {
    return new ArgumentSpec(name, type, token, true, multiple, parts);
  }

  ArgumentSpec asMultiple() {
    return new ArgumentSpec(name, type, token, optional, true, parts);
  }

  private static String type(String name) {
    if (KEYS.contains(name)) {
      return "key";
    }
    if (name.equals("pattern") || name.equals("double")) {
      return name;
    }
    return name.startsWith("unix-time") ? "unix-time" : INTEGERS.contains(name) ? "integer" : "string";
  }

  RespValue reply() {
    var pairs = new ArrayList<RespValue>();
    add(pairs, "name", RespValue.bulk(name));
    add(pairs, "type", RespValue.bulk(type));
    if (parts.isEmpty()) {
      add(pairs, "display_text", RespValue.bulk(name));
    }
    if (type.equals("key")) {
      add(pairs, "key_spec_index", RespValue.ZERO);
    }
    if (!token.isEmpty()) {
      add(pairs, "token", RespValue.bulk(token));
    }
    if (optional || multiple) {
      var flags = new ArrayList<RespValue>();
      if (optional) {
        flags.add(RespValue.simple("optional"));
      }
      if (multiple) {
        flags.add(RespValue.simple("multiple"));
      }
      add(pairs, "flags", RespValue.array(flags));
    }
    if (!parts.isEmpty()) {
      add(pairs, "arguments", RespValue.array(parts.stream().map(ArgumentSpec::reply).toList()));
    }
    return new RespValue.MapReply(List.copyOf(pairs));
  }

  private static void add(List<RespValue> pairs, String key, RespValue value) {
    pairs.add(RespValue.bulk(key));
    pairs.add(value);
  }
}
