package dev.torc.cluster.sim;

import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;

/** Writes are numbered, and told apart by their content: a value begins with the number, a tombstone has it as its expiry, which nobody looks at. */
final class WriteNumbers {
  private WriteNumbers() {}

  static Content tombstone(long number) {
    return new Content(true, Bytes.EMPTY, number + 1);
  }

  static Bytes value(long number, int bytes) {
    var text = new StringBuilder("w" + number + ':');
    while (text.length() < bytes) {
      text.append('.');
    }
    return Bytes.of(text.toString());
  }

  /** -1 for a write that no client made. */
  static long of(Content content) {
    if (content.isTombstone()) {
      return content.expiresAtMillis() - 1;
    }
    var text = content.value().text();
    return text.startsWith("w") ? Long.parseLong(text.substring(1, text.indexOf(':'))) : -1;
  }
}
