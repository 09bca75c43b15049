package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.KvCommand.PolicySet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** KV.POLICY. The last of each attribute counts. */
final class PolicyParsing {
  private Optional<Conflict> conflict = Optional.empty();
  private Optional<Level> read = Optional.empty();
  private Optional<Level> write = Optional.empty();
  private OptionalInt replicas = OptionalInt.empty();
  private Optional<Boolean> strong = Optional.empty();

  private PolicyParsing() {}

  /** @param made of the prefix */
  static Parsing prefixed(Function<Bytes, Command> made) {
    return words -> made.apply(prefix(words));
  }

  static Command set(List<Bytes> words) {
    var prefix = prefix(words);
    var policy = new PolicyParsing();
    for (int i = 3; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw Words.syntax();
      }
      policy.take(words.get(i), words.get(i + 1));
    }
    return new PolicySet(prefix, policy.conflict, policy.read, policy.write, policy.replicas, policy.strong);
  }

  private void take(Bytes attribute, Bytes word) {
    if (attribute.isWord("CONFLICT")) {
      conflict = Optional.of(isFirst("CONFLICT", word, "siblings", "latest") ? Conflict.SIBLINGS : Conflict.LATEST);
    } else if (attribute.isWord("READ")) {
      read = Optional.of(KvOptions.level(word, false));
    } else if (attribute.isWord("WRITE")) {
      write = Optional.of(KvOptions.level(word, true));
    } else if (attribute.isWord("N")) {
      replicas = OptionalInt.of((int) Words.between("N", word, 1, KvOptions.MOST_REPLICAS));
    } else if (attribute.isWord("MODE")) {
      strong = Optional.of(isFirst("MODE", word, "strong", "normal"));
    } else {
      throw Words.syntax();
    }
  }

  private static boolean isFirst(String attribute, Bytes word, String first, String second) {
    var text = word.size() <= 16 ? Words.lower(word) : "";
    if (!text.equals(first) && !text.equals(second)) {
      throw new Refusal(Errors.notAllowed(attribute, word, first + " or " + second));
    }
    return text.equals(first);
  }

  /** No longer than a key may be at most, unless configured. */
  private static Bytes prefix(List<Bytes> words) {
    var prefix = words.get(2);
    if (prefix.size() > CommandParser.DEFAULT_MAX_KEY_BYTES) {
      throw new Refusal(Errors.prefixTooLong(prefix.size(), CommandParser.DEFAULT_MAX_KEY_BYTES));
    }
    return prefix;
  }
}
