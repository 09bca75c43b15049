package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.stream.Stream;

/**
 * All commands that Torc has, in one place: the parser, COMMAND in all its forms, and docs/commands.md are made of it. A new command is a row in
 * the file of its group, a record, and a parsing.
 */
public final class CommandTable {
  private static final List<CommandSpec> COMMANDS = Stream
      .of(StringCommands.rows(), GenericCommands.rows(), ConnectionCommands.rows(), ServerCommands.rows(),
          ClusterCommands.rows(), KvCommands.rows(), StubCommands.rows())
      .flatMap(List::stream).toList();

  private static final NameTable<CommandSpec> BY_NAME = new NameTable<>(COMMANDS, CommandSpec::name);
  private static final NameTable<CommandSpec> BY_FULL_NAME = new NameTable<>(withSubcommands(), CommandSpec::name);

  private CommandTable() {}

  /** Without subcommands, which their containers hold. */
  public static List<CommandSpec> commands() {
    return COMMANDS;
  }

  /** Containers, and behind each its subcommands. */
  public static List<CommandSpec> withSubcommands() {
    return COMMANDS.stream().flatMap(spec -> Stream.concat(Stream.of(spec), spec.subcommands().stream())).toList();
  }

  /** By the first word of a command; null when there is none. */
  public static CommandSpec find(Bytes name) {
    return BY_NAME.find(name);
  }

  /** By the full name, {@code get} or {@code config|get}; null when there is none. */
  public static CommandSpec findFullName(Bytes name) {
    return BY_FULL_NAME.find(name);
  }

  /** By the words of a command, the subcommand where there is one; null when there is none. */
  public static CommandSpec find(List<Bytes> words) {
    var spec = find(words.get(0));
    return spec != null && spec.isContainer() && words.size() > 1 ? spec.index().find(words.get(1)) : spec;
  }
}
