package dev.torc.cluster.change;

import dev.torc.cluster.version.Content;
import java.util.List;
import java.util.Optional;

/** What an {@link IntentChange} came to. For the proposer that asked, never between nodes. */
public sealed interface IntentResult extends ChangeResult {

  /** The key is held. @param held its value, if it has one */
  record Locked(Optional<Content> held) implements IntentResult {}

  /** The key is held by another. */
  record Blocked(Intent by) implements IntentResult {}

  /** Nothing of the operation is left at the key. */
  record Settled() implements IntentResult {}

  /** The operation holds its primary key, and has time. */
  record Pending() implements IntentResult {}

  /** The operation has not happened, and will not. */
  record Aborted() implements IntentResult {}

  /** The operation has happened. @param writes at its other keys */
  record Committed(List<Commit.Write> writes) implements IntentResult {}
}
