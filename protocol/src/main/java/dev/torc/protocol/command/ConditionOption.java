package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/** One of NX, XX, IFEQ, IFNE, IFDEQ, IFDNE. The same one may be repeated, the last counts; two different ones are a syntax error. */
final class ConditionOption {
  private static final List<Condition.Kind> PLAIN = List.of(Condition.Kind.NX, Condition.Kind.XX);
  private static final List<Condition.Kind> COMPARING = List.of(Condition.Kind.IFEQ, Condition.Kind.IFNE,
      Condition.Kind.IFDEQ, Condition.Kind.IFDNE);

  private Condition.Kind chosen = Condition.Kind.ALWAYS;
  private Bytes operand = Bytes.EMPTY;

  /** How many words it took; 0 when this is not one of them, or not after the one that was taken before. */
  int take(List<Bytes> words, int at) {
    for (var kind : PLAIN) {
      if (words.get(at).isWord(kind.name()) && isFree(kind)) {
        chosen = kind;
        return 1;
      }
    }
    for (var kind : COMPARING) {
      if (Words.isOption(words, at, kind.name()) && isFree(kind)) {
        chosen = kind;
        operand = words.get(at + 1);
        return 2;
      }
    }
    return 0;
  }

  private boolean isFree(Condition.Kind kind) {
    return chosen == Condition.Kind.ALWAYS || chosen == kind;
  }

  /** {@link Condition#ALWAYS} itself when none was given. */
  Condition condition() {
    return chosen == Condition.Kind.ALWAYS ? Condition.ALWAYS : checked(chosen, operand);
  }

  /** DELEX: the comparison alone. */
  static Condition comparison(Bytes word, Bytes operand) {
    for (var kind : COMPARING) {
      if (word.isWord(kind.name())) {
        return checked(kind, operand);
      }
    }
    throw new Refusal(Errors.INVALID_CONDITION);
  }

  private static Condition checked(Condition.Kind kind, Bytes operand) {
    if (kind.comparesDigests() && !Condition.isDigest(operand)) {
      throw new Refusal(Errors.NOT_A_DIGEST);
    }
    return new Condition(kind, operand);
  }
}
