package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/**
 * Words in, a typed command out. What cannot be run is a {@link Command.Refused} with Redis's text, in Redis's order: unknown command, unknown
 * subcommand, wrong number of words, and then what the command itself minds.
 */
public final class CommandParser {
  /** The longest key in bytes, unless configured. */
  public static final int DEFAULT_MAX_KEY_BYTES = 1024;

  private final int maxKeyBytes;

  public CommandParser() {
    this(DEFAULT_MAX_KEY_BYTES);
  }

  /** @param maxKeyBytes the longest key, at least 1 */
  public CommandParser(int maxKeyBytes) {
    if (maxKeyBytes < 1) {
      throw new IllegalArgumentException("maxKeyBytes = " + maxKeyBytes + ", allowed is 1 and more");
    }
    this.maxKeyBytes = maxKeyBytes;
  }

  /** @param words at least one */
  public Command parse(List<Bytes> words) {
    var spec = CommandTable.find(words.get(0));
    if (spec == null) {
      return new Command.Refused(Errors.unknownCommand(words));
    }
    if (spec.isContainer() && words.size() > 1) {
      var subcommand = spec.index().find(words.get(1));
      if (subcommand == null) {
        return new Command.Refused(Errors.unknownSubcommand(spec.name(), words.get(1)));
      }
      spec = subcommand;
    }
    if (!spec.accepts(words.size())) {
      return new Command.Refused(Errors.wrongArity(spec.name()));
    }
    try {
      checkKeys(spec.keys(), words);
      return spec.parsing().parse(words);
    } catch (Refusal e) {
      return new Command.Refused(e.getMessage());
    }
  }

  private void checkKeys(KeyRange keys, List<Bytes> words) {
    if (keys.isNone()) {
      return;
    }
    int last = keys.lastOf(words);
    for (int i = keys.first(); i <= last; i += keys.step()) {
      int size = words.get(i).size();
      if (size > maxKeyBytes) {
        throw new Refusal(Errors.keyTooLong(size, maxKeyBytes));
      }
    }
  }
}
