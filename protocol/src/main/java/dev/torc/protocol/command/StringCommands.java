package dev.torc.protocol.command;

import dev.torc.protocol.command.DataCommand.Digest;
import dev.torc.protocol.command.DataCommand.Get;
import dev.torc.protocol.command.DataCommand.MGet;
import dev.torc.protocol.command.DataCommand.StrLen;
import dev.torc.protocol.command.StrongCommand.Add;
import dev.torc.protocol.command.StrongCommand.Append;
import java.util.List;

/** The table's group {@code string}. */
final class StringCommands {
  private static final String EXPIRIES = "EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds";
  private static final String CHANGE = "write denyoom fast";

  private StringCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("string");
    plain(group);
    conditional(group);
    changing(group);
    return group.rows();
  }

  private static void plain(CommandGroup group) {
    group.row("GET key", 2, "readonly fast", KeyRange.ONE, "1.0.0", "O(1)", "Returns the string value of a key.",
        words -> new Get(words.get(1)));
    group.row(
        "SET key value [NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest] [GET] ["
            + EXPIRIES + " | KEEPTTL]",
        -3, "write denyoom", KeyRange.ONE, "1.0.0", "O(1)",
        "Sets the string value of a key, whatever it held before or if a condition holds.", SetParsing::set);
    group.row("SETEX key seconds value", 4, "write denyoom", KeyRange.ONE, "2.0.0", "O(1)",
        "Sets the string value and the expiry of a key, in seconds.", SetParsing::setEx);
    group.row("PSETEX key milliseconds value", 4, "write denyoom", KeyRange.ONE, "2.6.0", "O(1)",
        "Sets the string value and the expiry of a key, in milliseconds.", SetParsing::pSetEx);
    group.row("MGET key [key ...]", -2, "readonly fast tip:request_policy:multi_shard", KeyRange.REST, "1.0.0",
        "O(N) where N is the number of keys.", "Returns the string values of one or more keys.",
        words -> new MGet(Words.from(words, 1)));
    group.row("MSET key value [key value ...]", -3,
        "write denyoom tip:request_policy:multi_shard tip:response_policy:all_succeeded", KeyRange.PAIRS, "1.0.1",
        "O(N) where N is the number of keys.", "Sets the string values of one or more keys, each by itself.",
        KeyParsing::mSet);
    group.row("STRLEN key", 2, "readonly fast", KeyRange.ONE, "2.2.0", "O(1)",
        "Returns the length of a string value in bytes.", words -> new StrLen(words.get(1)));
    group.row("GETRANGE key start end", 4, "readonly", KeyRange.ONE, "2.4.0",
        "O(N) where N is the length of the answer.", "Returns a part of a string value.", KeyParsing::getRange);
    group.row("SUBSTR key start end", 4, "readonly", KeyRange.ONE, "1.0.0", "O(N) where N is the length of the answer.",
        "Returns a part of a string value; the old name of GETRANGE.", KeyParsing::getRange);
    group.row("DIGEST key", 2, "readonly fast", KeyRange.ONE, "8.4.0", "O(N) where N is the length of the value.",
        "Returns the XXH3 hash of a string value.", words -> new Digest(words.get(1)));
  }

  private static void conditional(CommandGroup group) {
    group.row("SETNX key value", 3, "write denyoom fast", KeyRange.ONE, "1.0.0", "O(1)",
        "Sets the string value of a key only when the key does not exist.", SetParsing::setNx);
    group.row("MSETNX key value [key value ...]", -3, "write denyoom", KeyRange.PAIRS, "1.0.1",
        "O(N) where N is the number of keys.",
        "Sets the string values of one or more keys only when none of them exists.", StrongParsing::mSetNx);
    group.row("GETSET key value", 3, "write denyoom fast", KeyRange.ONE, "1.0.0", "O(1)",
        "Sets the string value of a key and returns the one before.", SetParsing::getSet);
    group.row("GETEX key [" + EXPIRIES + " | PERSIST]", -2, "write fast", KeyRange.ONE, "6.2.0", "O(1)",
        "Returns the string value of a key after setting its expiry.", SetParsing::getEx);
    group.row("GETDEL key", 2, "write fast", KeyRange.ONE, "6.2.0", "O(1)",
        "Returns the string value of a key after deleting the key.", StrongParsing::getDel);
    group.row("DELEX key [IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest]", -2,
        "write fast", KeyRange.ONE, "8.4.0", "O(1) for IFEQ and IFNE, O(N) for digests, N the length of the value.",
        "Deletes a key if its value, or the digest of it, is the given one, or is not.", StrongParsing::delEx);
    group.row("DELIFEQ key value", 3, "write fast", KeyRange.ONE, "9.0.0", "O(1)",
        "Deletes a key if its value is the given one; Valkey's.", StrongParsing::delIfEq);
  }

  private static void changing(CommandGroup group) {
    group.row("INCR key", 2, CHANGE, KeyRange.ONE, "1.0.0", "O(1)", "Adds one to the integer value of a key.",
        words -> new Add(words.get(1), 1));
    group.row("DECR key", 2, CHANGE, KeyRange.ONE, "1.0.0", "O(1)", "Takes one from the integer value of a key.",
        words -> new Add(words.get(1), -1));
    group.row("INCRBY key increment", 3, CHANGE, KeyRange.ONE, "1.0.0", "O(1)",
        "Adds a number to the integer value of a key.", StrongParsing::incrBy);
    group.row("DECRBY key decrement", 3, CHANGE, KeyRange.ONE, "1.0.0", "O(1)",
        "Takes a number from the integer value of a key.", StrongParsing::decrBy);
    group.row("INCRBYFLOAT key double", 3, CHANGE, KeyRange.ONE, "2.6.0", "O(1)",
        "Adds a number to the decimal value of a key.", StrongParsing::incrByFloat);
    group.row("APPEND key value", 3, CHANGE, KeyRange.ONE, "2.0.0", "O(N) where N is the length of the result.",
        "Appends a string to the value of a key.", words -> new Append(words.get(1), words.get(2)));
    group.row("SETRANGE key offset value", 4, "write denyoom", KeyRange.ONE, "2.2.0",
        "O(N) where N is the length of the result.", "Overwrites a part of a string value.", StrongParsing::setRange);
  }
}
