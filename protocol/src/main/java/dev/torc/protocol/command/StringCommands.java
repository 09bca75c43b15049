package dev.torc.protocol.command;

import dev.torc.protocol.command.DataCommand.Get;
import dev.torc.protocol.command.DataCommand.MGet;
import dev.torc.protocol.command.DataCommand.StrLen;
import java.util.List;

/** The table's group {@code string}. */
final class StringCommands {
  private StringCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("string");
    group.row("GET key", 2, "readonly fast", KeyRange.ONE, "1.0.0", "O(1)", "Returns the string value of a key.",
        words -> new Get(words.get(1)));
    group.row(
        "SET key value [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]",
        -3, "write denyoom", KeyRange.ONE, "1.0.0", "O(1)",
        "Sets the string value of a key, whatever it held before.", SetParsing::set);
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
    return group.rows();
  }
}
