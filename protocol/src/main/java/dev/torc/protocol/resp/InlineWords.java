package dev.torc.protocol.resp;

import dev.torc.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line typed by a person into words, by Redis's rules (sdssplitargs): words end at blanks; double quotes know {@code \xHH \n \r \t \b \a}
 * and take any other escaped byte as itself; single quotes know {@code \'}; a closing quote ends its word, so a blank must follow.
 */
final class InlineWords {
  private final byte[] line;
  private final int end;
  private int at;

  private InlineWords(byte[] line, int from, int end) {
    this.line = line;
    this.at = from;
    this.end = end;
  }

  /** The words between {@code from} and {@code end} (exclusive), or null when the quotes are not balanced. */
  static List<Bytes> split(byte[] line, int from, int end) {
    return new InlineWords(line, from, end).words();
  }

  private List<Bytes> words() {
    var words = new ArrayList<Bytes>();
    while (true) {
      while (at < end && isBlank(line[at])) {
        at++;
      }
      if (at >= end || line[at] == 0) {
        return words;
      }
      var word = new ByteArrayOutputStream();
      if (!readWord(word)) {
        return null;
      }
      words.add(Bytes.of(word.toByteArray()));
    }
  }

  private boolean readWord(ByteArrayOutputStream word) {
    while (at < end) {
      byte b = line[at];
      if (b == 0 || isBlank(b)) {
        return true;
      }
      at++;
      if (b == '"' || b == '\'') {
        return (b == '"' ? readDoubleQuoted(word) : readSingleQuoted(word))
            && (at >= end || line[at] == 0 || isBlank(line[at]));
      }
      word.write(b);
    }
    return true;
  }

  private boolean readDoubleQuoted(ByteArrayOutputStream word) {
    while (at < end) {
      byte b = line[at++];
      if (b == '"') {
        return true;
      }
      if (b == '\\' && at < end) {
        readEscape(word);
      } else {
        word.write(b);
      }
    }
    return false;
  }

  private void readEscape(ByteArrayOutputStream word) {
    byte b = line[at++];
    if (b == 'x' && at + 1 < end && Character.digit(line[at], 16) >= 0 && Character.digit(line[at + 1], 16) >= 0) {
      word.write(Character.digit(line[at], 16) * 16 + Character.digit(line[at + 1], 16));
      at += 2;
      return;
    }
    word.write(switch (b) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> b;
    });
  }

  private boolean readSingleQuoted(ByteArrayOutputStream word) {
    while (at < end) {
      byte b = line[at++];
      if (b == '\'') {
        return true;
      }
      if (b == '\\' && at < end && line[at] == '\'') {
        b = line[at++];
      }
      word.write(b);
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
