package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Redis's error texts, to the letter, code included; and the few of our own. */
public final class Errors {
  public static final String SYNTAX = "ERR syntax error";
  public static final String NOT_AN_INTEGER = "ERR value is not an integer or out of range";
  public static final String NOT_A_FLOAT = "ERR value is not a valid float";
  public static final String INCREMENT_OVERFLOW = "ERR increment or decrement would overflow";
  public static final String DECREMENT_OVERFLOW = "ERR decrement would overflow";
  public static final String NAN_OR_INFINITY = "ERR increment would produce NaN or Infinity";
  public static final String STRING_TOO_LONG = "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
  public static final String OFFSET = "ERR offset is out of range";
  public static final String NO_SUCH_KEY = "ERR no such key";
  public static final String SAME_OBJECT = "ERR source and destination objects are the same";
  public static final String NX_ALONE = "ERR NX and XX, GT or LT options at the same time are not compatible";
  public static final String GT_AND_LT = "ERR GT and LT options at the same time are not compatible";
  public static final String INVALID_CONDITION = "ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE";
  public static final String NOT_A_DIGEST = "ERR must be exactly 16 hexadecimal characters";
  public static final String NO_KEYS = "ERR numkeys should be greater than 0";
  public static final String TOO_MANY_KEYS = "ERR Number of keys can't be greater than number of args";
  public static final String NOT_ZERO_OR_ONE = "ERR value is out of range, must be between 0 and 1";
  public static final String NOT_POSITIVE = "ERR value is out of range, must be positive";
  public static final String ANY_IS_FOR_WRITES = "ERR 'any' is a level for writes only";
  public static final String INVALID_CURSOR = "ERR invalid cursor";
  public static final String DB_INDEX = "ERR DB index is out of range";
  public static final String SELECT_IN_CLUSTER = "ERR SELECT is not allowed in cluster mode";
  public static final String TIMEOUT_NOT_AN_INTEGER = "ERR timeout is not an integer or out of range";
  public static final String TIMEOUT_NEGATIVE = "ERR timeout is negative";
  public static final String TOO_MANY_CLIENTS = "ERR max number of clients reached";
  public static final String NO_SUCH_CLIENT = "ERR No such client";
  public static final String WRONG_PASS = "WRONGPASS invalid username-password pair or user is disabled.";
  public static final String NO_PASSWORD_SET = "ERR AUTH <password> called without any password configured for the "
      + "default user. Are you sure your configuration is correct?";
  public static final String NO_PROTO = "NOPROTO unsupported protocol version";
  public static final String PROTO_NOT_AN_INTEGER = "ERR Protocol version is not an integer or out of range";
  public static final String CROSS_SLOT = "CROSSSLOT Keys in request don't hash to the same slot";
  public static final String CLIENT_NAME = "ERR Client names cannot contain spaces, newlines or special characters.";
  public static final String CLIENT_ID = "ERR Invalid client ID";
  public static final String KILL_ID = "ERR client-id should be greater than 0";
  public static final String SLOWLOG_COUNT = "ERR count should be greater than or equal to -1";
  public static final String INVALID_SLOT = "ERR Invalid slot";
  public static final String INVALID_SLOT_OR_COUNT = "ERR Invalid slot or number of keys";
  public static final String FLUSH_OPTION = "ERR FUNCTION FLUSH only supports SYNC|ASYNC option";
  public static final String INVALID_COMMAND = "ERR Invalid command specified";
  public static final String NO_KEY_ARGUMENTS = "ERR The command has no key arguments";
  public static final String GETKEYS_ARGUMENTS = "ERR Invalid arguments specified for command";
  public static final String GETKEYS_ARITY = "ERR Invalid number of arguments specified for command";
  public static final String NO_TRACKING = "ERR client tracking is something that Torc does not have";
  public static final String NO_IDLE_TIMES = "ERR idle times are something that Torc does not keep";
  public static final String NO_FREQUENCIES = "ERR An LFU maxmemory policy is not selected, access frequency not tracked. "
      + "Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.";

  private static final int CUT_BYTES = 128;

  private Errors() {}

  /** {@code ERR unknown command 'FOO', with args beginning with: 'a' 'b' }, each part cut at 128 bytes. */
  public static String unknownCommand(List<Bytes> words) {
    var args = new ByteArrayOutputStream();
    for (int i = 1; i < words.size() && args.size() < CUT_BYTES; i++) {
      int room = CUT_BYTES - args.size();
      args.write('\'');
      writeCut(words.get(i), room, args);
      args.writeBytes(new byte[] {'\'', ' '});
    }
    return oneLine("ERR unknown command '" + cut(words.get(0)) + "', with args beginning with: "
        + args.toString(StandardCharsets.UTF_8));
  }

  /** @param container in any case, such as {@code client} */
  public static String unknownSubcommand(String container, Bytes word) {
    return oneLine("ERR unknown subcommand '" + cut(word) + "'. Try " + container.toUpperCase(Locale.ROOT) + " HELP.");
  }

  /** What the few subcommands say that check their number of words themselves. */
  public static String subcommandArity(String container, Bytes word) {
    return oneLine("ERR unknown subcommand or wrong number of arguments for '" + cut(word) + "'. Try "
        + container.toUpperCase(Locale.ROOT) + " HELP.");
  }

  /** @param fullName {@code get}, {@code config|get} */
  public static String wrongArity(String fullName) {
    return "ERR wrong number of arguments for '" + fullName + "' command";
  }

  public static String invalidExpireTime(String name) {
    return "ERR invalid expire time in '" + name + "' command";
  }

  public static String prefixTooLong(int sizeBytes, int maxBytes) {
    return "ERR prefix of " + sizeBytes + " bytes is longer than the " + maxBytes + " allowed";
  }

  /** What EXPIRE and its kin say of a word that is no option. */
  public static String unsupportedOption(Bytes word) {
    return oneLine("ERR Unsupported option " + cut(word));
  }

  /** @param allowed such as {@code 1 to 16} */
  public static String notAllowed(String option, Bytes word, String allowed) {
    return oneLine("ERR " + option + " " + cut(word) + " is not allowed, allowed is " + allowed);
  }

  /** @param reason that names the word and what is allowed */
  static String noLevel(String reason) {
    return oneLine("ERR " + reason);
  }

  public static String helloOption(Bytes word) {
    return oneLine("ERR Syntax error in HELLO option '" + cut(word) + "'");
  }

  public static String unrecognizedOption(Bytes word) {
    return oneLine("ERR Unrecognized option '" + cut(word) + "'");
  }

  /** @param attribute {@code lib-name} or {@code lib-ver} */
  public static String libraryAttribute(String attribute) {
    return "ERR " + attribute + " cannot contain spaces, newlines or special characters.";
  }

  public static String unknownClientType(Bytes word) {
    return oneLine("ERR Unknown client type '" + cut(word) + "'");
  }

  public static String keyTooLong(int sizeBytes, int maxBytes) {
    return "ERR key of " + sizeBytes + " bytes is longer than the " + maxBytes + " allowed";
  }

  private static String cut(Bytes word) {
    var out = new ByteArrayOutputStream();
    writeCut(word, CUT_BYTES, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** As C's {@code %.*s} does: up to a NUL. */
  private static void writeCut(Bytes word, int most, ByteArrayOutputStream out) {
    for (int i = 0; i < word.size() && i < most && word.at(i) != 0; i++) {
      out.write(word.at(i));
    }
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
