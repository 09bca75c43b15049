package dev.torc.cluster.wire;

import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A form in which clients carry what they do not look into: letters, digits, {@code -} and {@code _} only, so that shells, URLs and JSON pass it on as it is.
 * Base64url without padding of
 *
 * <pre>
 * kind (1 byte) body CRC32C (4 bytes, over the subject, the kind and the body)
 * </pre>
 *
 * What was cut, mistyped, or handed back about another subject does not pass. It is no signature: who wants to forge one can.
 */
public final class SealedText {
  /** Longer ones are not even looked at. */
  public static final int MAX_CHARS = 64 * 1024;
  private static final int CHECK_BYTES = 4;

  /** What the body is. */
  public enum Kind {
    CONTEXT("context"),
    SESSION("session token");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  private SealedText() {}

  /** @param subject what it is about: the key; empty for none */
  public static Bytes write(Kind kind, ByteWriter body, Bytes subject) {
    var out = new ByteWriter(1 + body.size() + CHECK_BYTES);
    out.u8(kind.ordinal() + 1).raw(body.buffer(), 0, body.size());
    out.i32(check(subject, out.buffer(), out.size()));
    return Bytes.of(Base64.getUrlEncoder().withoutPadding().encode(out.toArray()));
  }

  /**
   * The body.
   *
   * @throws MalformedException that says what is wrong, if the text is not one of this kind and about this subject
   */
  public static ByteReader read(Kind kind, Bytes text, Bytes subject) {
    if (text.size() > MAX_CHARS) {
      throw new MalformedException("a " + kind.text() + " of " + text.size() + " bytes, allowed is " + MAX_CHARS);
    }
    var bytes = decoded(text);
    if (bytes.length < 1 + CHECK_BYTES) {
      throw new MalformedException("the " + kind.text() + " is cut off");
    }
    for (var other : Kind.values()) {
      if (other != kind && bytes[0] == other.ordinal() + 1) {
        throw new MalformedException("this is a " + other.text() + ", wanted is a " + kind.text());
      }
    }
    int end = bytes.length - CHECK_BYTES;
    if (bytes[0] != kind.ordinal() + 1
        || new ByteReader(bytes, end, bytes.length).i32() != check(subject, bytes, end)) {
      throw new MalformedException("the " + kind.text() + " is damaged" + (subject.size() == 0
          ? ""
          : ", or it is one of another key"));
    }
    return new ByteReader(bytes, 1, end);
  }

  /** Only the one form that is written: the last letter has bits to spare, and what differs in those was tampered with. */
  private static byte[] decoded(Bytes text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.array());
      if (Arrays.equals(Base64.getUrlEncoder().withoutPadding().encode(bytes), text.array())) {
        return bytes;
      }
    } catch (IllegalArgumentException other) {
      throw new MalformedException("not base64url");
    }
    throw new MalformedException("the text is damaged");
  }

  private static int check(Bytes subject, byte[] bytes, int end) {
    var crc = new CRC32C();
    crc.update(Arrays.copyOf(subject.array(), subject.size() + 1));
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }
}
