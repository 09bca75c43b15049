package dev.torc.protocol.command;

import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Collects the rows of one group, or of one container in it. */
final class CommandGroup {
  private final String group;
  private final String container;
  private final List<CommandSpec> rows = new ArrayList<>();

  CommandGroup(String group) {
    this(group, "");
  }

  private CommandGroup(String group, String container) {
    this.group = group;
    this.container = container;
  }

  List<CommandSpec> rows() {
    return List.copyOf(rows);
  }

  /**
   * @param usage the name and its arguments: {@code MGET key [key ...]}
   * @param attributes flags, categories (with @) and tips (behind {@code tip:}) that do not follow from the flags and the group
   */
  void row(String usage, int arity, String attributes, KeyRange keys, String since, String complexity, String summary,
      Parsing parsing) {
    add(usage, arity, attributes, keys, since, complexity, summary, parsing, List.of());
  }

  /** A command whose first argument names a subcommand; HELP is added. */
  void container(String name, String since, String summary, Consumer<CommandGroup> subcommands) {
    Parsing none = words -> new Command.Refused(Errors.wrongArity(name.toLowerCase(Locale.ROOT)));
    container(name, -2, "", since, summary, none, subcommands);
  }

  /** The same for one that is a command by itself too. */
  void container(String name, int arity, String attributes, String since, String summary, Parsing parsing,
      Consumer<CommandGroup> subcommands) {
    var inner = new CommandGroup(group, name.toLowerCase(Locale.ROOT));
    subcommands.accept(inner);
    inner.row("HELP", 2, "loading stale", KeyRange.NONE, since, "O(1)", "Returns helpful text about the subcommands.",
        words -> new Command.Answered(help(name, inner.rows)));
    add(name, arity, attributes, KeyRange.NONE, since, "Depends on subcommand.", summary, parsing, inner.rows());
  }

  private void add(String usage, int arity, String attributes, KeyRange keys, String since, String complexity,
      String summary, Parsing parsing, List<CommandSpec> subcommands) {
    var flags = new ArrayList<String>();
    var categories = new ArrayList<String>();
    var tips = new ArrayList<String>();
    for (var attribute : attributes.isEmpty() ? new String[0] : attributes.split(" ")) {
      if (attribute.startsWith("@")) {
        categories.add(attribute);
      } else if (attribute.startsWith("tip:")) {
        tips.add(attribute.substring(4));
      } else {
        flags.add(attribute);
      }
    }
    int space = usage.indexOf(' ');
    var word = (space < 0 ? usage : usage.substring(0, space)).toLowerCase(Locale.ROOT);
    rows.add(new CommandSpec(container.isEmpty() ? word : container + "|" + word, arity, List.copyOf(flags), keys,
        implied(flags, categories), List.copyOf(tips), group, since, complexity, summary,
        space < 0 ? "" : usage.substring(space + 1), subcommands, parsing,
        new NameTable<>(subcommands, CommandSpec::word)));
  }

  /** The categories that follow from the flags and the group, as Redis derives them. */
  private List<String> implied(List<String> flags, List<String> more) {
    var all = new ArrayList<String>();
    if (group.equals("string") || group.equals("connection")) {
      all.add("@" + group);
    } else if (group.equals("generic")) {
      all.add("@keyspace");
    }
    if (flags.contains("write")) {
      all.add("@write");
    }
    if (flags.contains("readonly")) {
      all.add("@read");
    }
    if (flags.contains("admin")) {
      all.add("@admin");
      all.add("@dangerous");
    }
    if (flags.contains("pubsub")) {
      all.add("@pubsub");
    }
    all.add(flags.contains("fast") ? "@fast" : "@slow");
    for (var category : more) {
      if (!all.contains(category)) {
        all.add(category);
      }
    }
    return List.copyOf(all);
  }

  private static RespValue help(String name, List<CommandSpec> rows) {
    var lines = new ArrayList<RespValue>();
    lines.add(RespValue.simple(name + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
    for (var row : rows) {
      var word = row.word().toUpperCase(Locale.ROOT);
      lines.add(RespValue.simple(row.grammar().isEmpty() ? word : word + " " + row.grammar()));
      lines.add(RespValue.simple("    " + row.summary()));
    }
    return RespValue.array(lines);
  }
}
