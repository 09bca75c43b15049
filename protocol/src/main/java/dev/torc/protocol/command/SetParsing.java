package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.StrongCommand.GetEx;
import dev.torc.protocol.command.StrongCommand.KvCas;
import dev.torc.protocol.command.StrongCommand.SetIf;
import java.util.List;

/**
 * <a href="https://redis.io/commands/set">SET</a> and what else sets one key. An option may be repeated, contradictions are syntax errors. A SET that
 * reads nothing before it writes is a {@link DataCommand.Set}, any other a {@link SetIf}.
 */
final class SetParsing {
  private final ExpiryOption expiry = ExpiryOption.orKeepTtl();
  private final ConditionOption condition = new ConditionOption();
  private boolean get;

  private SetParsing() {}

  static Command set(List<Bytes> words) {
    if (words.size() == 3) {
      return new DataCommand.Set(words.get(1), words.get(2), Expiry.NONE);
    }
    var parsing = new SetParsing();
    for (int i = 3; i < words.size();) {
      i += parsing.option(words, i);
    }
    return parsing.command(words);
  }

  private Command command(List<Bytes> words) {
    var expires = expiry.expiry("set").orElse(Expiry.NONE);
    var holds = condition.condition();
    return holds == Condition.ALWAYS && !get
        ? new DataCommand.Set(words.get(1), words.get(2), expires)
        : new SetIf(words.get(1), words.get(2), expires, holds, get, SetIf.Form.SET);
  }

  /** How many words the option took. */
  private int option(List<Bytes> words, int at) {
    if (words.get(at).isWord("GET")) {
      get = true;
      return 1;
    }
    int taken = condition.take(words, at);
    if (taken == 0) {
      taken = expiry.take(words, at);
    }
    if (taken == 0) {
      throw Words.syntax();
    }
    return taken;
  }

  static Command setEx(List<Bytes> words) {
    return new DataCommand.Set(words.get(1), words.get(3), ExpiryOption.ahead("EX", words.get(2), "setex"));
  }

  static Command pSetEx(List<Bytes> words) {
    return new DataCommand.Set(words.get(1), words.get(3), ExpiryOption.ahead("PX", words.get(2), "psetex"));
  }

  static Command setNx(List<Bytes> words) {
    return new SetIf(words.get(1), words.get(2), Expiry.NONE, Condition.NX, false, SetIf.Form.SETNX);
  }

  static Command getSet(List<Bytes> words) {
    return new SetIf(words.get(1), words.get(2), Expiry.NONE, Condition.ALWAYS, true, SetIf.Form.GETSET);
  }

  static Command getEx(List<Bytes> words) {
    return new GetEx(words.get(1), expiryFrom(words, 2, ExpiryOption.orPersist()).expiry("getex"));
  }

  static Command kvCas(List<Bytes> words) {
    var expires = expiryFrom(words, 4, ExpiryOption.orKeepTtl()).expiry("kv.cas").orElse(Expiry.NONE);
    return new KvCas(words.get(1), words.get(2), words.get(3), expires);
  }

  /** Nothing else may stand there. */
  private static ExpiryOption expiryFrom(List<Bytes> words, int first, ExpiryOption option) {
    for (int i = first; i < words.size();) {
      int taken = option.take(words, i);
      if (taken == 0) {
        throw Words.syntax();
      }
      i += taken;
    }
    return option;
  }
}
