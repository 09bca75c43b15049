package dev.torc.cluster.change;

import dev.torc.cluster.change.Change.Step;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Errors;
import java.util.Arrays;
import java.util.Optional;

/** A key's value as Redis's commands see it, and what they make of its bytes. Appending keeps the expiry. */
final class Values {
  private Values() {}

  static Optional<Content> of(StoredRecord record, long wallMillis) {
    return record.latestLive(wallMillis).map(Sibling::content);
  }

  static long expiry(Optional<Content> held) {
    return held.map(Content::expiresAtMillis).orElse(Content.NEVER);
  }

  static Step append(Optional<Content> held, Bytes tail, int maxBytes) {
    var old = held.map(Content::value).orElse(Bytes.EMPTY);
    long size = (long) old.size() + tail.size();
    if (size > maxBytes) {
      return Step.unchanged(new ChangeResult.Refused(Errors.STRING_TOO_LONG));
    }
    if (tail.size() == 0 && held.isPresent()) {
      return Step.unchanged(new ChangeResult.Number(size));
    }
    return joined(held, old, old.size(), tail, (int) size);
  }

  static Step overwrite(Optional<Content> held, long offset, Bytes part, int maxBytes) {
    var old = held.map(Content::value).orElse(Bytes.EMPTY);
    if (part.size() == 0) {
      return Step.unchanged(new ChangeResult.Number(old.size()));
    }
    if (offset > maxBytes || offset + part.size() > maxBytes) {
      return Step.unchanged(new ChangeResult.Refused(Errors.STRING_TOO_LONG));
    }
    return joined(held, old, (int) offset, part, (int) Math.max(old.size(), offset + part.size()));
  }

  private static Step joined(Optional<Content> held, Bytes old, int offset, Bytes part, int size) {
    byte[] bytes = Arrays.copyOf(old.array(), size);
    System.arraycopy(part.array(), 0, bytes, offset, part.size());
    return Step.to(Content.of(Bytes.of(bytes), expiry(held)), new ChangeResult.Number(size));
  }
}
