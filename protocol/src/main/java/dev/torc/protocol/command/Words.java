package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.Decimal;
import java.util.List;
import java.util.Locale;

/** What the parsings share: words as numbers, switches, lists; each refuses what does not fit. */
final class Words {
  private Words() {}

  static long integer(Bytes word) {
    return integer(word, Errors.NOT_AN_INTEGER);
  }

  static long integer(Bytes word, String error) {
    return Decimal.parse(word).orElseThrow(() -> new Refusal(error));
  }

  /** @param name of the option, for the error */
  static long between(String name, Bytes word, long least, long most) {
    long number = integer(word);
    if (number < least || number > most) {
      throw new Refusal(Errors.notAllowed(name, word, least + " to " + most));
    }
    return number;
  }

  static String lower(Bytes word) {
    return word.text().toLowerCase(Locale.ROOT);
  }

  static List<Bytes> from(List<Bytes> words, int first) {
    return List.copyOf(words.subList(first, words.size()));
  }

  /** Whether {@code option} stands there, with a word behind it. */
  static boolean isOption(List<Bytes> words, int at, String option) {
    return at + 1 < words.size() && words.get(at).isWord(option);
  }

  static boolean onOrOff(Bytes word) {
    return either(word, "ON", "OFF");
  }

  /** True for the first, false for the second. */
  static boolean either(Bytes word, String first, String second) {
    if (word.isWord(first)) {
      return true;
    }
    if (word.isWord(second)) {
      return false;
    }
    throw syntax();
  }

  static Refusal syntax() {
    return new Refusal(Errors.SYNTAX);
  }

  /** A name is empty, or of visible ASCII. */
  static Bytes visible(Bytes word, String error) {
    for (int i = 0; i < word.size(); i++) {
      if (word.at(i) < '!' || word.at(i) > '~') {
        throw new Refusal(error);
      }
    }
    return word;
  }
}
