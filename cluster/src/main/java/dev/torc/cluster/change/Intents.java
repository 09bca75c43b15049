package dev.torc.cluster.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What operations on several keys have left at a key.
 *
 * @param intent of the one that holds it
 * @param commits of those of which it is the primary key, and which others may not have heard of
 */
public record Intents(Optional<Intent> intent, List<Commit> commits) {
  public static final Intents NONE = new Intents(Optional.empty(), List.of());

  public Intents {
    Objects.requireNonNull(intent);
    commits = List.copyOf(commits);
  }

  public boolean isNone() { return intent.isEmpty() && commits.isEmpty(); }

  public boolean isHeldBy(TransactionId transaction) {
    return intent.isPresent() && intent.get().isOf(transaction);
  }

  public Optional<Commit> commit(TransactionId transaction) {
    for (var commit : commits) {
      if (commit.transaction().equals(transaction)) {
        return Optional.of(commit);
      }
    }
    return Optional.empty();
  }

  public Intents with(Intent taken) {
    return new Intents(Optional.of(taken), commits);
  }

  public Intents withoutIntent() {
    return new Intents(Optional.empty(), commits);
  }

  public Intents with(Commit commit) {
    var more = new ArrayList<>(commits);
    more.add(commit);
    return new Intents(intent, more);
  }

  /** The same if there is no such commit. */
  public Intents without(Commit commit) {
    var fewer = new ArrayList<>(commits);
    return fewer.remove(commit) ? new Intents(intent, fewer) : this;
  }

  /** Bytes of the values that are still to be written elsewhere. */
  public long valueBytes() {
    long bytes = 0;
    for (var commit : commits) {
      bytes += commit.valueBytes();
    }
    return bytes;
  }
}
