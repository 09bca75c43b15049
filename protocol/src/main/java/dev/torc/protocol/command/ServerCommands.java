package dev.torc.protocol.command;

import java.util.List;

/** The table's group {@code server}. */
final class ServerCommands {
  private static final String ALWAYS = "loading stale";
  private static final String SETTINGS = "admin noscript loading stale";
  private static final String FLUSH = "write @keyspace @dangerous tip:request_policy:all_shards tip:response_policy:all_succeeded";
  private static final String ALL_KEYS = "O(N) where N is the number of keys in the store.";

  private ServerCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("server");
    figures(group);
    group.row("FLUSHALL [ASYNC | SYNC]", -1, FLUSH, KeyRange.NONE, "1.0.0", ALL_KEYS,
        "Removes all keys of the cluster.", KeyParsing::flush);
    group.row("FLUSHDB [ASYNC | SYNC]", -1, FLUSH, KeyRange.NONE, "1.0.0", ALL_KEYS,
        "Removes all keys of the cluster.", KeyParsing::flush);
    group.container("COMMAND", -1, ALWAYS + " @connection", "2.8.13",
        "Returns detailed information about all commands.",
        words -> new TableCommand.All(), ServerCommands::command);
    group.container("CONFIG", "2.0.0", "A container for server configuration commands.", ServerCommands::config);
    group.container("MEMORY", "4.0.0", "A container for memory diagnostics commands.",
        memory -> memory.row("USAGE key [SAMPLES count]", -3, "readonly", KeyRange.SECOND, "4.0.0", "O(1)",
            "Estimates the bytes that a key and its value take.", KeyParsing::memoryUsage));
    group.container("SLOWLOG", "2.2.12", "A container for slow log commands.", ServerCommands::slowLog);
    return group.rows();
  }

  private static void figures(CommandGroup group) {
    group.row("INFO [section [section ...]]", -1,
        ALWAYS + " @dangerous tip:nondeterministic_output tip:request_policy:all_shards tip:response_policy:special",
        KeyRange.NONE, "1.0.0", "O(1)", "Returns information and statistics about the server.",
        words -> new ServerCommand.Info(Words.from(words, 1).stream().map(Words::lower).toList()));
    group.row("TIME", 1, "loading stale fast tip:nondeterministic_output", KeyRange.NONE, "2.6.0", "O(1)",
        "Returns the server time: Unix seconds, and microseconds of the second.", words -> new ServerCommand.Time());
    group.row("DBSIZE", 1,
        "readonly fast @keyspace tip:request_policy:all_shards tip:response_policy:agg_sum", KeyRange.NONE, "1.0.0",
        "O(1)", "Returns the number of keys in this node's slots.", words -> new KeyspaceCommand.DbSize());
  }

  private static void command(CommandGroup command) {
    command.row("COUNT", 2, ALWAYS + " @connection", KeyRange.NONE, "2.8.13", "O(1)", "Returns a count of commands.",
        words -> new TableCommand.Count());
    command.row("INFO [command-name [command-name ...]]", -2, ALWAYS + " @connection", KeyRange.NONE, "2.8.13",
        "O(N) where N is the number of commands.", "Returns information about one, multiple or all commands.",
        words -> new TableCommand.Info(Words.from(words, 2)));
    command.row("DOCS [command-name [command-name ...]]", -2, ALWAYS + " @connection", KeyRange.NONE, "7.0.0",
        "O(N) where N is the number of commands.",
        "Returns documentary information about one, multiple or all commands.",
        words -> new TableCommand.Docs(Words.from(words, 2)));
    command.row("LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]", -2, ALWAYS + " @connection",
        KeyRange.NONE, "7.0.0", "O(N) where N is the number of commands.", "Returns a list of command names.",
        ServerParsing::names);
    command.row("GETKEYS command [arg [arg ...]]", -3, ALWAYS + " @connection", KeyRange.NONE, "2.8.13",
        "O(N) where N is the number of arguments.", "Extracts the key names from an arbitrary command.",
        words -> new TableCommand.GetKeys(Words.from(words, 2)));
  }

  private static void config(CommandGroup config) {
    config.row("GET parameter [parameter ...]", -3, SETTINGS, KeyRange.NONE, "2.0.0",
        "O(N) where N is the number of settings.", "Returns the effective values of configuration parameters.",
        ServerParsing::configGet);
    config.row("SET parameter value [parameter value ...]", -4,
        SETTINGS + " tip:request_policy:all_nodes tip:response_policy:all_succeeded", KeyRange.NONE, "2.0.0",
        "O(N) where N is the number of settings.", "Sets configuration parameters in-flight.",
        ServerParsing::configSet);
    config.row("RESETSTAT", 2, SETTINGS + " tip:request_policy:all_nodes tip:response_policy:all_succeeded",
        KeyRange.NONE, "2.0.0", "O(1)", "Resets the server's statistics.",
        words -> new ServerCommand.ConfigResetStat());
    config.row("REWRITE", 2, SETTINGS, KeyRange.NONE, "2.8.0", "O(1)",
        "Persists the effective configuration to file.", words -> new ServerCommand.ConfigRewrite());
  }

  private static void slowLog(CommandGroup slowLog) {
    slowLog.row("GET [count]", -2, "admin loading stale tip:request_policy:all_nodes tip:nondeterministic_output",
        KeyRange.NONE, "2.2.12", "O(N) where N is the number of entries.", "Returns the slow log's entries.",
        ServerParsing::slowLogGet);
    slowLog.row("LEN", 2,
        "admin loading stale tip:request_policy:all_nodes tip:response_policy:agg_sum tip:nondeterministic_output",
        KeyRange.NONE, "2.2.12", "O(1)", "Returns the number of entries in the slow log.",
        words -> new ServerCommand.SlowLogLen());
    slowLog.row("RESET", 2, "admin loading stale tip:request_policy:all_nodes tip:response_policy:all_succeeded",
        KeyRange.NONE, "2.2.12", "O(N) where N is the number of entries.", "Clears all entries from the slow log.",
        words -> new ServerCommand.SlowLogReset());
  }
}
