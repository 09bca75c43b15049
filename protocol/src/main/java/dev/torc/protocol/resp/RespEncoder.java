package dev.torc.protocol.resp;

import dev.torc.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a reply as bytes. In RESP2 maps and sets become arrays, verbatim strings and doubles bulk strings, booleans 1 or 0, and the two nils
 * {@code $-1} and {@code *-1}.
 */
public final class RespEncoder {
  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] NIL3 = ascii("_\r\n");
  private static final byte[] NIL2 = ascii("$-1\r\n");
  private static final byte[] NIL_ARRAY2 = ascii("*-1\r\n");
  private static final byte[] TRUE3 = ascii("#t\r\n");
  private static final byte[] FALSE3 = ascii("#f\r\n");
  private static final byte[] TXT = ascii("txt:");

  private RespEncoder() {}

  public static void encode(RespValue value, RespVersion version, RespBuffer out) {
    if (value == RespValue.OK) {
      out.write(OK);
      return;
    }
    boolean three = version == RespVersion.RESP3;
    switch (value) {
      case RespValue.Bulk bulk -> bulk(bulk.bytes().array(), out);
      case RespValue.Simple simple -> line('+', simple.text(), out);
      case RespValue.Int number -> out.writeHeader(':', number.value());
      case RespValue.Nil nil -> out.write(three ? NIL3 : NIL2);
      case RespValue.Error error -> line('-', error.text(), out);
      case RespValue.Array array -> items('*', array.items().size(), array.items(), version, out);
      case RespValue.NilArray nil -> out.write(three ? NIL3 : NIL_ARRAY2);
      case RespValue.MapReply map -> {
        int size = map.keysAndValues().size();
        items(three ? '%' : '*', three ? size / 2 : size, map.keysAndValues(), version, out);
      }
      case RespValue.SetReply set -> items(three ? '~' : '*', set.items().size(), set.items(), version, out);
      case RespValue.Verbatim verbatim -> verbatim(verbatim.text(), three, out);
      case RespValue.DoubleReply number -> number(number.value(), three, out);
      case RespValue.BooleanReply truth -> truth(truth.value(), three, out);
    }
  }

  private static void items(char type, int count, List<RespValue> items, RespVersion version, RespBuffer out) {
    out.writeHeader(type, count);
    for (int i = 0; i < items.size(); i++) {
      encode(items.get(i), version, out);
    }
  }

  private static void bulk(byte[] bytes, RespBuffer out) {
    out.writeHeader('$', bytes.length);
    out.write(bytes);
    out.writeCrLf();
  }

  private static void line(char type, String text, RespBuffer out) {
    out.writeByte(type);
    out.write(text.replace('\r', ' ').replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
    out.writeCrLf();
  }

  private static void verbatim(String text, boolean three, RespBuffer out) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!three) {
      bulk(bytes, out);
      return;
    }
    out.writeHeader('=', TXT.length + bytes.length);
    out.write(TXT);
    out.write(bytes);
    out.writeCrLf();
  }

  private static void number(double value, boolean three, RespBuffer out) {
    if (three) {
      line(',', text(value), out);
    } else {
      bulk(ascii(text(value)), out);
    }
  }

  private static void truth(boolean value, boolean three, RespBuffer out) {
    if (three) {
      out.write(value ? TRUE3 : FALSE3);
    } else {
      out.writeHeader(':', value ? 1 : 0);
    }
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static byte[] ascii(String text) {
    return Bytes.of(text).array();
  }
}
