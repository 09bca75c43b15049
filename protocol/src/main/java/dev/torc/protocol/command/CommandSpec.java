package dev.torc.protocol.command;

import java.util.List;
import java.util.Locale;

/**
 * A row of the table: all that is known of a command.
 *
 * @param name in lower case; of a subcommand with its container, {@code config|get}
 * @param arity the number of words, the name included; negative: at least so many
 * @param flags Redis's: readonly, write, fast, …
 * @param keys where its keys stand
 * @param categories of the access control lists, with the @
 * @param tips for clients that spread commands over nodes
 * @param group string, connection, …
 * @param since the version of Redis that brought it; of Torc for the extensions
 * @param complexity such as O(1)
 * @param summary one sentence
 * @param grammar what follows the name: {@code key [key ...]}
 * @param subcommands of a container, else empty
 */
public record CommandSpec(String name, int arity, List<String> flags, KeyRange keys, List<String> categories,
    List<String> tips, String group, String since, String complexity, String summary, String grammar,
    List<CommandSpec> subcommands, Parsing parsing, NameTable<CommandSpec> index) {

  /** Whether a command may have so many words. */
  public boolean accepts(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }

  /** Whether its first argument names a subcommand. */
  public boolean isContainer() { return !subcommands.isEmpty(); }

  /** The name without its container: {@code get} of {@code config|get}. */
  public String word() {
    return name.substring(name.indexOf('|') + 1);
  }

  /** As people write it: {@code CONFIG GET parameter}. */
  public String usage() {
    var words = name.toUpperCase(Locale.ROOT).replace('|', ' ');
    return grammar.isEmpty() ? words : words + " " + grammar;
  }
}
