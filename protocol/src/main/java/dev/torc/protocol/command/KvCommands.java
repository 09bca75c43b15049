package dev.torc.protocol.command;

import java.util.List;

/** The table's group {@code torc}: its own commands. */
final class KvCommands {
  private static final String ALL_KEYS = "O(N) where N is the number of keys in the store.";
  private static final String PER_KEY = "O(N) where N is the number of keys.";
  private static final String EXPIRIES = "EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds";
  private static final String CONNECTION = "noscript loading stale fast @connection";
  private static final String SINCE = "0.1.0";

  private KvCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("torc");
    oneKey(group);
    manyKeys(group);
    connection(group);
    group.container("KV.POLICY", SINCE, "A container for what holds for all keys of a prefix.", KvCommands::policy);
    return group.rows();
  }

  private static void oneKey(CommandGroup group) {
    group.row("KV.GET key [LEVEL level | R n] [AFTER context] [MAXSTALE milliseconds] [TIMEOUT milliseconds]", -2,
        "readonly fast @string", KeyRange.ONE, SINCE, "O(1)", "Returns a key's siblings and their context.",
        KvParsing::get);
    group.row("KV.SET key value [CONTEXT context] [LEVEL level | W n] [" + EXPIRIES
        + " | KEEPTTL] [TIMEOUT milliseconds]", -3, "write denyoom @string", KeyRange.ONE, SINCE, "O(1)",
        "Sets a key; with a context, supersedes exactly what that context saw.", KvParsing::set);
    group.row("KV.DEL key [CONTEXT context] [LEVEL level | W n] [TIMEOUT milliseconds]", -2, "write fast @keyspace",
        KeyRange.ONE, SINCE, "O(1)", "Deletes a key; with a context, exactly what that context saw.", KvParsing::del);
    group.row("KV.CAS key context value [" + EXPIRIES + " | KEEPTTL]", -4, "write denyoom @string", KeyRange.ONE, SINCE,
        "O(1)", "Sets a key if nothing was written to it since its context was read.", SetParsing::kvCas);
    group.row("KV.EXPLAIN key", 2, "readonly @keyspace tip:nondeterministic_output", KeyRange.ONE, SINCE, "O(1)",
        "Tells where a key lives, what holds for it, and what each replica has of it.",
        words -> new KvCommand.Explain(words.get(1)));
  }

  private static void manyKeys(CommandGroup group) {
    group.row("KV.MGET numkeys key [key ...] [LEVEL level | R n] [MAXSTALE milliseconds] [TIMEOUT milliseconds]", -3,
        "readonly movablekeys @string", KeyRange.COUNTED, SINCE, PER_KEY,
        "Returns for each key its siblings and their context.", KvParsing::mGet);
    group.row("KV.MSET numkeys key value [key value ...] [LEVEL level | W n] [" + EXPIRIES
        + "] [TIMEOUT milliseconds]", -4, "write denyoom movablekeys @string", KeyRange.COUNTED_PAIRS, SINCE, PER_KEY,
        "Sets one or more keys, each by itself.", KvParsing::mSet);
    group.row("KV.SIZE", 1, "readonly @keyspace", KeyRange.NONE, SINCE, ALL_KEYS,
        "Returns the number of keys in the cluster.", words -> new KeyspaceCommand.KvSize());
    group.row("KV.SCAN cursor [MATCH pattern] [COUNT count]", -2, "readonly @keyspace", KeyRange.NONE, SINCE,
        "O(1) for every call.", "Iterates over the key names of the cluster.", KeyParsing::kvScan);
  }

  private static void connection(CommandGroup group) {
    group.row("KV.LEVEL [READ level] [WRITE level]", -1, CONNECTION, KeyRange.NONE, SINCE, "O(1)",
        "Sets the levels of the connection, which DEFAULT takes away; without arguments, tells them.",
        KvParsing::level);
    group.container("KV.SESSION", SINCE, "A container for sessions, which never read backwards.", session -> {
      session.row("BEGIN", 2, CONNECTION, KeyRange.NONE, SINCE, "O(1)",
          "From here on the connection reads its own writes, and nothing older than it has read.",
          words -> new KvCommand.SessionBegin());
      session.row("TOKEN", 2, CONNECTION, KeyRange.NONE, SINCE, "O(1)",
          "Returns what another connection can resume the session with.", words -> new KvCommand.SessionToken());
      session.row("RESUME token", 3, CONNECTION, KeyRange.NONE, SINCE, "O(1)", "Resumes a session.",
          words -> new KvCommand.SessionResume(words.get(2)));
      session.row("END", 2, CONNECTION, KeyRange.NONE, SINCE, "O(1)", "Ends the session.",
          words -> new KvCommand.SessionEnd());
    });
  }

  private static void policy(CommandGroup policy) {
    policy.row("GET prefix", 3, "fast", KeyRange.NONE, SINCE, "O(1)", "Returns the policy of exactly this prefix.",
        PolicyParsing.prefixed(KvCommand.PolicyGet::new));
    policy.row("LIST", 2, "", KeyRange.NONE, SINCE, "O(N) where N is the number of policies.", "Returns all policies.",
        words -> new KvCommand.PolicyList());
    policy.row(
        "SET prefix [CONFLICT <SIBLINGS | LATEST>] [READ level] [WRITE level] [N n] [MODE <NORMAL | STRONG>]", -5,
        "admin", KeyRange.NONE, SINCE, "O(1)", "Changes what is named of the policy of a prefix, at least one thing.",
        PolicyParsing::set);
    policy.row("DEL prefix", 3, "admin", KeyRange.NONE, SINCE, "O(1)", "Deletes the policy of a prefix.",
        PolicyParsing.prefixed(KvCommand.PolicyDel::new));
  }
}
