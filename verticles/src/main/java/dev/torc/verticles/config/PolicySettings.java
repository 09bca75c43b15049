package dev.torc.verticles.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The policies of key prefixes as the configuration has them. A refusal names the prefix and its attribute. */
final class PolicySettings {
  private static final String KEY = "torc.cluster.policies";
  private static final List<String> ATTRIBUTES = List.of("prefix", "conflict", "read-level", "write-level", "replicas",
      "mode");

  private final Config written;
  private final String prefix;

  private PolicySettings(Config written, String prefix) {
    this.written = written;
    this.prefix = prefix;
  }

  static SortedMap<Bytes, Policy> from(Settings settings) {
    var policies = new TreeMap<Bytes, Policy>();
    for (Config written : settings.objects(KEY)) {
      if (!written.hasPath("prefix") || written.getValue("prefix").valueType() != ConfigValueType.STRING) {
        throw new ConfigException(KEY, written.root().unwrapped(), "objects with a text as their prefix");
      }
      var policy = new PolicySettings(written, written.getString("prefix"));
      if (policies.put(Bytes.of(policy.prefix), policy.read()) != null) {
        throw policy.refused("said once");
      }
    }
    if (policies.size() > PolicyTable.MAX_ENTRIES) {
      throw new ConfigException(KEY, policies.size() + " prefixes", "0 to " + PolicyTable.MAX_ENTRIES);
    }
    return policies;
  }

  /** Each with what shorter prefixes and the cluster say beside it. */
  static void check(SortedMap<Bytes, Policy> policies, int replicas, Level readLevel, Level writeLevel) {
    var table = PolicyTable.configured(policies);
    policies.keySet().forEach(prefix -> table.resolve(prefix).contradiction(replicas, readLevel, writeLevel)
        .ifPresent(wrong -> {
          throw new ConfigException(KEY, Allowed.quoted(prefix.text()), "levels that N can reach; " + wrong);
        }));
  }

  private Policy read() {
    if (Bytes.of(prefix).size() > PolicyEntry.MAX_PREFIX_BYTES) {
      throw refused("at most " + PolicyEntry.MAX_PREFIX_BYTES + " bytes long");
    }
    written.root().keySet().stream().filter(name -> !ATTRIBUTES.contains(name)).sorted().findFirst()
        .ifPresent(unknown -> {
          throw refused("of " + String.join(", ", ATTRIBUTES) + ", not " + unknown);
        });
    var conflict = oneOf("conflict", "latest", "siblings").map(is -> is ? Conflict.LATEST : Conflict.SIBLINGS);
    return new Policy(conflict, level("read-level", false), level("write-level", true), replicas(),
        oneOf("mode", "strong", "normal"));
  }

  private Optional<Boolean> oneOf(String attribute, String first, String second) {
    var word = text(attribute);
    if (word.isPresent() && !word.get().equals(first) && !word.get().equals(second)) {
      throw refused("with " + attribute + " = " + first + " or " + second);
    }
    return word.map(first::equals);
  }

  private Optional<Level> level(String attribute, boolean isWrite) {
    try {
      var level = text(attribute).map(Level::parse);
      boolean fits = level.isEmpty() || level.get().required(Policy.MAX_REPLICAS) <= Policy.MAX_REPLICAS;
      if (fits && (isWrite || !level.equals(Optional.of(Level.ANY)))) {
        return level;
      }
    } catch (IllegalArgumentException unknown) {
      // Said below.
    }
    throw refused(
        "with " + attribute + " = one, quorum, all, sloppy, local_quorum, strong, " + (isWrite ? "any, " : "")
            + "or 1 to "
            + Policy.MAX_REPLICAS);
  }

  private OptionalInt replicas() {
    var number = text("replicas");
    if (number.isPresent() && !number.get().matches("[1-9]|1[0-6]")) {
      throw refused("with replicas = 1 to " + Policy.MAX_REPLICAS);
    }
    return number.isPresent() ? OptionalInt.of(Integer.parseInt(number.get())) : OptionalInt.empty();
  }

  private Optional<String> text(String attribute) {
    return written.hasPath(attribute)
        ? Optional.of(written.getValue(attribute).unwrapped().toString())
        : Optional.empty();
  }

  private ConfigException refused(String allowed) {
    return new ConfigException(KEY, written.root().unwrapped(),
        "the policy of " + Allowed.quoted(prefix) + " " + allowed);
  }
}
