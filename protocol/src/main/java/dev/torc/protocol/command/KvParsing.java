package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvOptions.Option;
import dev.torc.protocol.resp.Decimal;
import java.util.ArrayList;
import java.util.List;

/** Torc's own commands, but for KV.POLICY. */
final class KvParsing {
  private KvParsing() {}

  static Command get(List<Bytes> words) {
    var options = KvOptions.read(words, 2, null, Option.LEVEL, Option.R, Option.AFTER, Option.MAXSTALE, Option.TIMEOUT);
    return new KvCommand.Get(words.get(1), options.readTerms());
  }

  static Command set(List<Bytes> words) {
    var expiry = ExpiryOption.orKeepTtl();
    var options = KvOptions.read(words, 3, expiry, Option.CONTEXT, Option.LEVEL, Option.W, Option.TIMEOUT);
    return new KvCommand.Set(words.get(1), words.get(2), options.context(),
        expiry.expiry("kv.set").orElse(Expiry.NONE), options.writeTerms());
  }

  static Command del(List<Bytes> words) {
    var options = KvOptions.read(words, 2, null, Option.CONTEXT, Option.LEVEL, Option.W, Option.TIMEOUT);
    return new KvCommand.Del(words.get(1), options.context(), options.writeTerms());
  }

  static Command mGet(List<Bytes> words) {
    int end = 2 + count(words, 1);
    var options = KvOptions.read(words, end, null, Option.LEVEL, Option.R, Option.MAXSTALE, Option.TIMEOUT);
    return new KvCommand.MGet(List.copyOf(words.subList(2, end)), options.readTerms());
  }

  static Command mSet(List<Bytes> words) {
    int count = count(words, 2);
    var entries = new ArrayList<DataCommand.Entry>(count);
    for (int i = 0; i < count; i++) {
      entries.add(new DataCommand.Entry(words.get(2 + 2 * i), words.get(3 + 2 * i)));
    }
    var expiry = ExpiryOption.alone();
    var options = KvOptions.read(words, 2 + 2 * count, expiry, Option.LEVEL, Option.W, Option.TIMEOUT);
    return new KvCommand.MSet(List.copyOf(entries), expiry.expiry("kv.mset").orElse(Expiry.NONE), options.writeTerms());
  }

  /** numkeys, which never promises more words than there are. */
  private static int count(List<Bytes> words, int wordsPerKey) {
    long count = Decimal.parse(words.get(1)).orElse(0);
    if (count < 1) {
      throw new Refusal(Errors.NO_KEYS);
    }
    if (count > (words.size() - 2) / wordsPerKey) {
      throw new Refusal(Errors.TOO_MANY_KEYS);
    }
    return (int) count;
  }

  static Command level(List<Bytes> words) {
    var read = LevelChange.KEEP;
    var write = LevelChange.KEEP;
    for (int i = 1; i < words.size(); i += 2) {
      if (Words.isOption(words, i, "READ")) {
        read = change(words.get(i + 1), false);
      } else if (Words.isOption(words, i, "WRITE")) {
        write = change(words.get(i + 1), true);
      } else {
        throw Words.syntax();
      }
    }
    return new KvCommand.Levels(read, write);
  }

  private static LevelChange change(Bytes word, boolean write) {
    return word.isWord("DEFAULT") ? LevelChange.DEFAULT : new LevelChange.To(KvOptions.level(word, write));
  }
}
