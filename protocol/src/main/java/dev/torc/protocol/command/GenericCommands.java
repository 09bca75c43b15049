package dev.torc.protocol.command;

import dev.torc.protocol.command.DataCommand.Del;
import dev.torc.protocol.command.DataCommand.Exists;
import dev.torc.protocol.command.DataCommand.ObjectEncoding;
import dev.torc.protocol.command.DataCommand.ObjectRefCount;
import dev.torc.protocol.command.DataCommand.Touch;
import dev.torc.protocol.command.DataCommand.Type;
import dev.torc.protocol.command.StrongCommand.Persist;
import dev.torc.protocol.command.StrongCommand.Rename;
import java.util.List;

/** The table's group {@code generic}: keys of any type. */
final class GenericCommands {
  private static final String SUM = " tip:request_policy:multi_shard tip:response_policy:agg_sum";
  private static final String PER_KEY = "O(N) where N is the number of keys.";
  private static final String ALL_KEYS = "O(N) where N is the number of keys in the store.";

  private GenericCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("generic");
    named(group);
    expiries(group);
    expire(group);
    moving(group);
    unnamed(group);
    object(group);
    return group.rows();
  }

  private static void named(CommandGroup group) {
    group.row("DEL key [key ...]", -2, "write" + SUM, KeyRange.REST, "1.0.0", PER_KEY, "Deletes one or more keys.",
        words -> new Del(Words.from(words, 1)));
    group.row("UNLINK key [key ...]", -2, "write fast" + SUM, KeyRange.REST, "4.0.0", PER_KEY,
        "Deletes one or more keys.", words -> new Del(Words.from(words, 1)));
    group.row("EXISTS key [key ...]", -2, "readonly fast" + SUM, KeyRange.REST, "1.0.0", PER_KEY,
        "Determines whether one or more keys exist.", words -> new Exists(Words.from(words, 1)));
    group.row("TOUCH key [key ...]", -2, "readonly fast" + SUM, KeyRange.REST, "3.2.1", PER_KEY,
        "Returns the number of existing keys out of those specified.", words -> new Touch(Words.from(words, 1)));
    group.row("TYPE key", 2, "readonly fast", KeyRange.ONE, "1.0.0", "O(1)",
        "Determines the type of value stored at a key.", words -> new Type(words.get(1)));
  }

  private static void expiries(CommandGroup group) {
    group.row("TTL key", 2, "readonly fast tip:nondeterministic_output", KeyRange.ONE, "1.0.0", "O(1)",
        "Returns the expiration time in seconds of a key.", KeyParsing.ttl(TtlForm.SECONDS_LEFT));
    group.row("PTTL key", 2, "readonly fast tip:nondeterministic_output", KeyRange.ONE, "2.6.0", "O(1)",
        "Returns the expiration time in milliseconds of a key.", KeyParsing.ttl(TtlForm.MILLIS_LEFT));
    group.row("EXPIRETIME key", 2, "readonly fast", KeyRange.ONE, "7.0.0", "O(1)",
        "Returns the expiration time of a key as a Unix timestamp in seconds.",
        KeyParsing.ttl(TtlForm.UNIX_SECONDS));
    group.row("PEXPIRETIME key", 2, "readonly fast", KeyRange.ONE, "7.0.0", "O(1)",
        "Returns the expiration time of a key as a Unix timestamp in milliseconds.",
        KeyParsing.ttl(TtlForm.UNIX_MILLIS));
  }

  private static void expire(CommandGroup group) {
    expire(group, "EXPIRE key seconds", "EX", "1.0.0", "Sets the expiry of a key in seconds.");
    expire(group, "PEXPIRE key milliseconds", "PX", "2.6.0", "Sets the expiry of a key in milliseconds.");
    expire(group, "EXPIREAT key unix-time-seconds", "EXAT", "1.2.0",
        "Sets the expiry of a key to a Unix timestamp in seconds.");
    expire(group, "PEXPIREAT key unix-time-milliseconds", "PXAT", "2.6.0",
        "Sets the expiry of a key to a Unix timestamp in milliseconds.");
    group.row("PERSIST key", 2, "write fast", KeyRange.ONE, "2.2.0", "O(1)", "Removes the expiry of a key.",
        words -> new Persist(words.get(1)));
  }

  private static void expire(CommandGroup group, String usage, String unit, String since, String summary) {
    group.row(usage + " [NX | XX | GT | LT]", -3, "write fast", KeyRange.ONE, since, "O(1)", summary,
        StrongParsing.expire(unit));
  }

  private static void moving(CommandGroup group) {
    group.row("RENAME key newkey", 3, "write", KeyRange.TWO, "1.0.0", "O(1)",
        "Renames a key and overwrites the destination.",
        words -> new Rename(words.get(1), words.get(2), false));
    group.row("RENAMENX key newkey", 3, "write fast", KeyRange.TWO, "1.0.0", "O(1)",
        "Renames a key only when the destination does not exist.",
        words -> new Rename(words.get(1), words.get(2), true));
    group.row("COPY source destination [DB destination-db] [REPLACE]", -3, "write denyoom", KeyRange.TWO, "6.2.0",
        "O(1)", "Copies the value and the expiry of a key to another key; there is only database 0.",
        StrongParsing::copy);
  }

  private static void unnamed(CommandGroup group) {
    group.row("KEYS pattern", 2,
        "readonly @dangerous tip:request_policy:all_shards tip:nondeterministic_output_order", KeyRange.NONE, "1.0.0",
        ALL_KEYS, "Returns all key names of this node's slots that match a pattern.",
        words -> new KeyspaceCommand.Keys(new Glob(words.get(1))));
    group.row("RANDOMKEY", 1,
        "readonly tip:request_policy:all_shards tip:response_policy:special tip:nondeterministic_output", KeyRange.NONE,
        "1.0.0", "O(1)", "Returns a random key name of this node's slots.", words -> new KeyspaceCommand.RandomKey());
    group.row("SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]", -2,
        "readonly tip:nondeterministic_output tip:request_policy:special tip:response_policy:special", KeyRange.NONE,
        "2.8.0", "O(1) for every call.", "Iterates over the key names of this node's slots.", KeyParsing::scan);
    group.row("WAIT numreplicas timeout", 3, "blocking tip:request_policy:all_shards tip:response_policy:agg_min",
        KeyRange.NONE, "3.0.0", "O(1)", "Tells how many replicas have the writes of this connection.",
        KeyParsing::waitFor);
    group.row("WAITAOF numlocal numreplicas timeout", 4,
        "blocking tip:request_policy:all_shards tip:response_policy:agg_min", KeyRange.NONE, "7.2.0", "O(1)",
        "Tells on how many disks the writes of this connection are.", KeyParsing::waitAof);
  }

  private static void object(CommandGroup group) {
    group.container("OBJECT", "2.2.3", "A container for object introspection commands.", object -> {
      object.row("ENCODING key", 3, "readonly", KeyRange.SECOND, "2.2.3", "O(1)",
          "Returns the name of the encoding that Redis would have chosen for a value.",
          words -> new ObjectEncoding(words.get(2)));
      object.row("REFCOUNT key", 3, "readonly", KeyRange.SECOND, "2.2.3", "O(1)", "Returns 1 for a key that exists.",
          words -> new ObjectRefCount(words.get(2)));
      object.row("FREQ key", 3, "readonly", KeyRange.SECOND, "4.0.0", "O(1)",
          "Refused: access frequencies are not kept.", words -> new Command.Refused(Errors.NO_FREQUENCIES));
      object.row("IDLETIME key", 3, "readonly", KeyRange.SECOND, "2.2.3", "O(1)", "Refused: idle times are not kept.",
          words -> new Command.Refused(Errors.NO_IDLE_TIMES));
    });
  }
}
