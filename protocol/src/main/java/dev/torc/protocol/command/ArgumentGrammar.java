package dev.torc.protocol.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the table's grammar strings: {@code [x]} may be missing, {@code <x | y>} is one of them, {@code x [x ...]} may be repeated, upper case is
 * literal and stands before the values behind it.
 */
final class ArgumentGrammar {
  private final List<String> symbols;
  private int at;

  private ArgumentGrammar(List<String> symbols) {
    this.symbols = symbols;
  }

  static List<ArgumentSpec> parse(String grammar) {
    var spaced = grammar.replaceAll("([\\[\\]<>|])", " $1 ").trim();
    if (spaced.isEmpty()) {
      return List.of();
    }
    var reader = new ArgumentGrammar(Arrays.asList(spaced.split("\\s+")));
    var arguments = reader.sequence();
    if (reader.at != reader.symbols.size()) {
      throw new IllegalArgumentException("unbalanced brackets in " + grammar);
    }
    return arguments;
  }

  private List<ArgumentSpec> sequence() {
    var sequence = new ArrayList<ArgumentSpec>();
    while (at < symbols.size() && !List.of("]", ">", "|").contains(symbols.get(at))) {
      var symbol = symbols.get(at++);
      switch (symbol) {
        case "[" -> {
          int repeated = repetition();
          if (repeated > 0) {
            repeat(sequence, repeated);
          } else {
            sequence.add(choice("]").asOptional());
          }
        }
        case "<" -> sequence.add(choice(">"));
        default -> sequence.add(isLiteral(symbol) ? literal(symbol) : ArgumentSpec.value(symbol));
      }
    }
    return sequence;
  }

  private ArgumentSpec choice(String closing) {
    var alternatives = new ArrayList<ArgumentSpec>();
    alternatives.add(ArgumentSpec.block(sequence()));
    while (at < symbols.size() && symbols.get(at).equals("|")) {
      at++;
      alternatives.add(ArgumentSpec.block(sequence()));
    }
    if (at == symbols.size() || !symbols.get(at++).equals(closing)) {
      throw new IllegalArgumentException("no " + closing + " in " + symbols);
    }
    return ArgumentSpec.oneOf(alternatives);
  }

  /** How many words {@code x y ...]} repeats, behind which the reader then stands; 0 when that is not what follows. */
  private int repetition() {
    int dots = at;
    while (dots < symbols.size() && !List.of("[", "]", "<", ">", "|", "...").contains(symbols.get(dots))) {
      dots++;
    }
    if (dots == at || dots + 1 >= symbols.size() || !symbols.get(dots).equals("...")) {
      return 0;
    }
    int count = dots - at;
    at = dots + 2;
    return count;
  }

  private static void repeat(List<ArgumentSpec> sequence, int count) {
    var last = sequence.subList(sequence.size() - count, sequence.size());
    var block = ArgumentSpec.block(List.copyOf(last)).asMultiple();
    last.clear();
    sequence.add(block);
  }

  /** A literal takes the values behind it. */
  private ArgumentSpec literal(String word) {
    var values = new ArrayList<ArgumentSpec>();
    while (at < symbols.size() && symbols.get(at).matches("[a-z].*")) {
      values.add(ArgumentSpec.value(symbols.get(at++)));
    }
    if (at < symbols.size() && symbols.get(at).equals("<")) {
      at++;
      values.add(choice(">"));
    } else if (at < symbols.size() && symbols.get(at).equals("[") && !values.isEmpty()) {
      at++;
      int repeated = repetition();
      if (repeated > 0) {
        repeat(values, repeated);
      } else {
        at--;
      }
    }
    return values.isEmpty() ? ArgumentSpec.token(word) : ArgumentSpec.block(values).behind(word);
  }

  private static boolean isLiteral(String symbol) {
    return symbol.matches("[A-Z][A-Z0-9-]*");
  }
}
