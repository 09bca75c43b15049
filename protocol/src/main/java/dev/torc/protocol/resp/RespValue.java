package dev.torc.protocol.resp;

import dev.torc.protocol.Bytes;
import java.util.List;

/**
 * One reply. The types are those of RESP3; {@link RespEncoder} says what becomes of each in RESP2. Attributes and bulk errors are missing on
 * purpose: five of the common clients break on them.
 */
public sealed interface RespValue {
  RespValue OK = new Simple("OK");
  RespValue PONG = new Simple("PONG");
  RespValue RESET = new Simple("RESET");
  RespValue QUEUED = new Simple("QUEUED");
  RespValue ZERO = new Int(0);
  RespValue ONE = new Int(1);
  RespValue NIL = new Nil();
  RespValue NIL_ARRAY = new NilArray();
  RespValue EMPTY_ARRAY = new Array(List.of());
  RespValue EMPTY_BULK = new Bulk(Bytes.EMPTY);

  /** A short text without line breaks. */
  record Simple(String text) implements RespValue {}

  /** A text that begins with its code: {@code ERR syntax error}. Line breaks leave as blanks. */
  record Error(String text) implements RespValue {}

  record Int(long value) implements RespValue {}

  record Bulk(Bytes bytes) implements RespValue {}

  /** There is nothing: {@code $-1} in RESP2. */
  record Nil() implements RespValue {}

  /** There is no array: {@code *-1} in RESP2. */
  record NilArray() implements RespValue {}

  record Array(List<RespValue> items) implements RespValue {}

  /** Keys and values in turn; in RESP2 an array of them. */
  record MapReply(List<RespValue> keysAndValues) implements RespValue {
    public MapReply {
      if (keysAndValues.size() % 2 != 0) {
        throw new IllegalArgumentException("a key without a value: " + keysAndValues.size() + " entries");
      }
    }
  }

  /** In RESP2 an array. */
  record SetReply(List<RespValue> items) implements RespValue {}

  /** Text for people, such as INFO; in RESP2 a bulk string. */
  record Verbatim(String text) implements RespValue {}

  /** In RESP2 a bulk string. */
  record DoubleReply(double value) implements RespValue {}

  /** In RESP2 1 or 0. */
  record BooleanReply(boolean value) implements RespValue {}

  static RespValue simple(String text) {
    return new Simple(text);
  }

  static RespValue error(String text) {
    return new Error(text);
  }

  static RespValue integer(long value) {
    return value == 0 ? ZERO : value == 1 ? ONE : new Int(value);
  }

  static RespValue bulk(Bytes bytes) {
    return new Bulk(bytes);
  }

  static RespValue bulk(String text) {
    return new Bulk(Bytes.of(text));
  }

  static RespValue array(List<RespValue> items) {
    return new Array(items);
  }

  static RespValue array(RespValue... items) {
    return new Array(List.of(items));
  }

  /** @param keysAndValues in turn */
  static RespValue map(RespValue... keysAndValues) {
    return new MapReply(List.of(keysAndValues));
  }
}
