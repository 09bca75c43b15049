package dev.torc.cluster.change;

import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/** An operation on several keys has happened: kept at its primary key until all others have what it wrote to them. */
public record Commit(TransactionId transaction, List<Write> writes) {

  /** @param content what the key is to hold; empty: it was held and keeps what it has */
  public record Write(Bytes key, Optional<Content> content) {}

  public Commit {
    writes = List.copyOf(writes);
  }

  long valueBytes() {
    long bytes = 0;
    for (var write : writes) {
      bytes += write.key().size() + write.content().map(content -> content.value().size()).orElse(0);
    }
    return bytes;
  }
}
