package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands about keys, named or not. */
final class KeyParsing {
  private static final long SCAN_COUNT = 10;

  private KeyParsing() {}

  static Command mSet(List<Bytes> words) {
    return new DataCommand.MSet(entries(words, "mset"));
  }

  /** @param command whose name an error tells */
  static List<DataCommand.Entry> entries(List<Bytes> words, String command) {
    if (words.size() % 2 == 0) {
      throw new Refusal(Errors.wrongArity(command));
    }
    var entries = new ArrayList<DataCommand.Entry>(words.size() / 2);
    for (int i = 1; i < words.size(); i += 2) {
      entries.add(new DataCommand.Entry(words.get(i), words.get(i + 1)));
    }
    return List.copyOf(entries);
  }

  static Command getRange(List<Bytes> words) {
    return new DataCommand.GetRange(words.get(1), Words.integer(words.get(2)), Words.integer(words.get(3)));
  }

  static Parsing ttl(TtlForm form) {
    return words -> new DataCommand.Ttl(words.get(1), form);
  }

  static Command scan(List<Bytes> words) {
    var options = new ScanOptions(words, true);
    return new KeyspaceCommand.Scan(cursor(words.get(1)), options.pattern, options.count, options.type);
  }

  static Command kvScan(List<Bytes> words) {
    var options = new ScanOptions(words, false);
    return new KeyspaceCommand.KvScan(cursor(words.get(1)), options.pattern, options.count);
  }

  static Command flush(List<Bytes> words) {
    if (words.size() > 2) {
      throw Words.syntax();
    }
    return new KeyspaceCommand.FlushAll(words.size() == 2 && Words.either(words.get(1), "ASYNC", "SYNC"));
  }

  static Command waitFor(List<Bytes> words) {
    return new KeyspaceCommand.Wait(Words.integer(words.get(1)), timeout(words.get(2)));
  }

  static Command waitAof(List<Bytes> words) {
    long local = Words.integer(words.get(1));
    if (local != 0 && local != 1) {
      throw new Refusal(Errors.NOT_ZERO_OR_ONE);
    }
    long replicas = Words.integer(words.get(2), Errors.NOT_POSITIVE);
    if (replicas < 0) {
      throw new Refusal(Errors.NOT_POSITIVE);
    }
    return new KeyspaceCommand.WaitAof(local == 1, replicas, timeout(words.get(3)));
  }

  private static long timeout(Bytes word) {
    long timeoutMillis = Words.integer(word, Errors.TIMEOUT_NOT_AN_INTEGER);
    if (timeoutMillis < 0) {
      throw new Refusal(Errors.TIMEOUT_NEGATIVE);
    }
    return timeoutMillis;
  }

  static Command memoryUsage(List<Bytes> words) {
    for (int i = 3; i < words.size(); i += 2) {
      if (!Words.isOption(words, i, "SAMPLES") || Words.integer(words.get(i + 1)) < 0) {
        throw Words.syntax();
      }
    }
    return new DataCommand.MemoryUsage(words.get(2));
  }

  /** Unsigned, digits only. */
  private static long cursor(Bytes word) {
    boolean digits = word.size() > 0 && word.size() <= 20;
    for (int i = 0; digits && i < word.size(); i++) {
      digits = word.at(i) >= '0' && word.at(i) <= '9';
    }
    if (!digits) {
      throw new Refusal(Errors.INVALID_CURSOR);
    }
    try {
      return Long.parseUnsignedLong(word.text());
    } catch (NumberFormatException e) {
      throw new Refusal(Errors.INVALID_CURSOR);
    }
  }

  /** MATCH, COUNT and, where it may be, TYPE; from the third word on, the last of each counts. */
  private static final class ScanOptions {
    private Optional<Glob> pattern = Optional.empty();
    private long count = SCAN_COUNT;
    private Optional<String> type = Optional.empty();

    ScanOptions(List<Bytes> words, boolean typed) {
      for (int i = 2; i < words.size(); i += 2) {
        if (Words.isOption(words, i, "MATCH")) {
          var glob = new Glob(words.get(i + 1));
          pattern = glob.matchesAll() ? Optional.empty() : Optional.of(glob);
        } else if (Words.isOption(words, i, "COUNT")) {
          count = Words.integer(words.get(i + 1));
          if (count < 1) {
            throw Words.syntax();
          }
        } else if (typed && Words.isOption(words, i, "TYPE")) {
          type = Optional.of(Words.lower(words.get(i + 1)));
        } else {
          throw Words.syntax();
        }
      }
    }
  }
}
