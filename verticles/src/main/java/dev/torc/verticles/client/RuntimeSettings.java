package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Glob;
import dev.torc.protocol.command.ServerCommand;
import dev.torc.protocol.resp.Decimal;
import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** CONFIG GET and SET, under Redis's names for what clients and benchmarks read. Most of it is fixed when the node starts. */
final class RuntimeSettings {
  private static final String MAX_CLIENTS = "maxclients";

  private final Map<String, Supplier<String>> values = new TreeMap<>();
  private final Clients clients;

  RuntimeSettings(NodeState node) {
    this.clients = node.clients();
    var config = node.config();
    values.put("appendfsync", () -> config.engine().fsync().name().toLowerCase(Locale.ROOT));
    values.put("appendonly", () -> "yes");
    values.put("bind", config::bind);
    values.put("cluster-enabled", () -> "yes");
    values.put("databases", () -> "1");
    values.put("dir", () -> config.data().toAbsolutePath().toString());
    values.put(MAX_CLIENTS, () -> Integer.toString(clients.limit()));
    values.put("maxmemory", () -> "0");
    values.put("maxmemory-policy", () -> "noeviction");
    values.put("port", () -> Integer.toString(config.client().port()));
    values.put("proto-max-bulk-len", () -> Integer.toString(config.client().maxBulkBytes()));
    values.put("save", () -> "");
    values.put("timeout", () -> Long.toString(config.client().idleTimeoutMillis() / 1000));
  }

  RespValue matching(List<Glob> patterns) {
    var pairs = new ArrayList<RespValue>();
    values.forEach((name, value) -> {
      if (patterns.stream().anyMatch(pattern -> pattern.matchesAnyCase(Bytes.of(name)))) {
        pairs.add(RespValue.bulk(name));
        pairs.add(RespValue.bulk(value.get()));
      }
    });
    return new RespValue.MapReply(pairs);
  }

  /** All of them, or none. */
  RespValue change(List<ServerCommand.Setting> settings) {
    for (var setting : settings) {
      var refusal = refusal(setting);
      if (refusal != null) {
        return RespValue.error(refusal);
      }
    }
    for (var setting : settings) {
      if (setting.key().equals(MAX_CLIENTS)) {
        clients.limitTo((int) Decimal.parse(setting.value()).orElseThrow());
      }
    }
    return RespValue.OK;
  }

  /** Null if it may be set. What it is already may be set to anything. */
  private String refusal(ServerCommand.Setting setting) {
    var current = values.get(setting.key());
    if (current == null) {
      return "ERR Unknown option or number of arguments for CONFIG SET - '" + setting.key() + "'";
    }
    if (current.get().equals(setting.value().text())) {
      return null;
    }
    if (!setting.key().equals(MAX_CLIENTS)) {
      return failed(setting, "can't set immutable config");
    }
    var number = Decimal.parse(setting.value());
    boolean allowed = number.isPresent() && number.getAsLong() >= 1 && number.getAsLong() <= 1_000_000;
    return allowed ? null : failed(setting, "argument must be between 1 and 1000000 inclusive");
  }

  private static String failed(ServerCommand.Setting setting, String why) {
    return "ERR CONFIG SET failed (possibly related to argument '" + setting.key() + "') - " + why;
  }
}
