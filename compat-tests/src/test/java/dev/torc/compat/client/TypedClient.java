package dev.torc.compat.client;

import java.util.List;

/** What a client has methods for, beyond {@link KeyValueClient}, and what it must be told in words. Answers are texts, so that those of all clients compare. */
public interface TypedClient extends AutoCloseable {

  /** What conditional writes, counters and parts of values answer, each by the client's own method, in this order of commands. */
  List<String> strings(String key);

  /** What expiries and conditional deletions answer, in the same way. */
  List<String> expiries(String key);

  /**
   * What MSETNX, RENAME, RENAMENX and COPY answer, in the same way, and what is there in between.
   *
   * @param keys three of one slot, none of which exists
   */
  List<String> severalKeys(List<String> keys);

  /** A command in words, the first of which names it, and the second, or the third after a number, a key: a String, Long, null, List, or Map of names to these. */
  Object raw(String... words);

  /** Commands in words, one after the other on one connection of their own, which is then closed. */
  List<Object> onOneConnection(List<List<String>> commands);

  @Override
  void close();

  /** Nil, 1 or 0 for a yes or no, and decimals without an empty fraction, as Redis writes them. */
  static String text(Object answer) {
    return switch (answer) {
      case null -> "nil";
      case Boolean yes -> yes ? "1" : "0";
      case Double number when number == Math.rint(number) -> Long.toString(number.longValue());
      default -> answer.toString();
    };
  }
}
