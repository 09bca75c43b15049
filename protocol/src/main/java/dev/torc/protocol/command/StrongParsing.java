package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.StrongCommand.Add;
import dev.torc.protocol.command.StrongCommand.AddDecimal;
import dev.torc.protocol.command.StrongCommand.Copy;
import dev.torc.protocol.command.StrongCommand.Expire;
import dev.torc.protocol.command.StrongCommand.MSetNx;
import dev.torc.protocol.command.StrongCommand.Remove;
import dev.torc.protocol.command.StrongCommand.SetRange;
import java.util.List;
import java.util.Locale;

/** The commands that read before they write, but for those that set a whole value. */
final class StrongParsing {
  private StrongParsing() {}

  static Command incrBy(List<Bytes> words) {
    return new Add(words.get(1), Words.integer(words.get(2)));
  }

  static Command decrBy(List<Bytes> words) {
    long by = Words.integer(words.get(2));
    if (by == Long.MIN_VALUE) {
      throw new Refusal(Errors.DECREMENT_OVERFLOW);
    }
    return new Add(words.get(1), -by);
  }

  static Command incrByFloat(List<Bytes> words) {
    var word = words.get(2);
    return new AddDecimal(words.get(1), FloatText.parse(word).orElseThrow(
        () -> new Refusal(FloatText.isInfinite(word) ? Errors.NAN_OR_INFINITY : Errors.NOT_A_FLOAT)));
  }

  static Command setRange(List<Bytes> words) {
    long offset = Words.integer(words.get(2));
    if (offset < 0) {
      throw new Refusal(Errors.OFFSET);
    }
    return new SetRange(words.get(1), offset, words.get(3));
  }

  static Command mSetNx(List<Bytes> words) {
    return new MSetNx(KeyParsing.entries(words, "msetnx"));
  }

  static Command getDel(List<Bytes> words) {
    return new Remove(words.get(1), Condition.ALWAYS, Remove.Form.GETDEL);
  }

  static Command delEx(List<Bytes> words) {
    if (words.size() != 2 && words.size() != 4) {
      throw new Refusal(Errors.wrongArity("delex"));
    }
    var condition = words.size() == 2
        ? Condition.ALWAYS
        : ConditionOption.comparison(words.get(2), words.get(3));
    return new Remove(words.get(1), condition, Remove.Form.DELEX);
  }

  static Command delIfEq(List<Bytes> words) {
    return new Remove(words.get(1), new Condition(Condition.Kind.IFEQ, words.get(2)), Remove.Form.DELIFEQ);
  }

  /** @param unit as SET names it: EX for EXPIRE, PXAT for PEXPIREAT */
  static Parsing expire(String unit) {
    var command = (unit.startsWith("P") ? "pexpire" : "expire") + (unit.endsWith("AT") ? "at" : "");
    return words -> {
      var rule = rule(words);
      return new Expire(words.get(1), ExpiryOption.any(unit, words.get(2), command), rule);
    };
  }

  private static ExpireRule rule(List<Bytes> words) {
    if (words.size() == 3) {
      return ExpireRule.ANY;
    }
    boolean nx = false;
    boolean xx = false;
    boolean gt = false;
    boolean lt = false;
    for (var word : Words.from(words, 3)) {
      switch (word.size() == 2 ? word.text().toUpperCase(Locale.ROOT) : "") {
        case "NX" -> nx = true;
        case "XX" -> xx = true;
        case "GT" -> gt = true;
        case "LT" -> lt = true;
        default -> throw new Refusal(Errors.unsupportedOption(word));
      }
    }
    if (nx && (xx || gt || lt)) {
      throw new Refusal(Errors.NX_ALONE);
    }
    if (gt && lt) {
      throw new Refusal(Errors.GT_AND_LT);
    }
    return new ExpireRule(nx, xx, gt, lt);
  }

  static Command copy(List<Bytes> words) {
    boolean replace = false;
    for (int i = 3; i < words.size(); i++) {
      if (words.get(i).isWord("REPLACE")) {
        replace = true;
      } else if (Words.isOption(words, i, "DB")) {
        i++;
        checkDb(words.get(i));
      } else {
        throw Words.syntax();
      }
    }
    if (words.get(1).equals(words.get(2))) {
      throw new Refusal(Errors.SAME_OBJECT);
    }
    return new Copy(words.get(1), words.get(2), replace);
  }

  private static void checkDb(Bytes word) {
    long db = Words.integer(word);
    if (db != 0) {
      throw new Refusal(db == (int) db ? Errors.DB_INDEX : Errors.NOT_AN_INTEGER);
    }
  }
}
