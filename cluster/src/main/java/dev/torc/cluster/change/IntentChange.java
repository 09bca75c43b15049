package dev.torc.cluster.change;

import dev.torc.cluster.change.IntentResult.Aborted;
import dev.torc.cluster.change.IntentResult.Blocked;
import dev.torc.cluster.change.IntentResult.Committed;
import dev.torc.cluster.change.IntentResult.Locked;
import dev.torc.cluster.change.IntentResult.Pending;
import dev.torc.cluster.change.IntentResult.Settled;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * One step, on one key, of an operation on several keys: two-phase commit over keys each of which is a linearizable register (as in Percolator: Peng and
 * Dabek, 2010). All keys are locked, the primary first; with one step at the primary the operation has happened; then the others get what it wrote.
 *
 * <p>Each may be tried again: what was done already comes to the same. So unlike other changes they leave no results behind.
 */
public sealed interface IntentChange extends Change {

  /** @param content what the key is to hold; empty: nothing changes but the intents, if these do */
  record Applied(Optional<Content> content, IntentResult result, Intents intents) {}

  TransactionId transaction();

  Applied apply(StoredRecord current, Intents intents, long wallMillis);

  @Override
  default Step apply(StoredRecord current, long wallMillis) {
    var applied = apply(current, Intents.NONE, wallMillis);
    return new Step(applied.content(), applied.result());
  }

  /** Takes the key, unless another has it. */
  record Lock(TransactionId transaction, Bytes primary, long deadlineMillis) implements IntentChange {
    @Override
    public Applied apply(StoredRecord current, Intents intents, long wallMillis) {
      if (intents.intent().isPresent() && !intents.isHeldBy(transaction)) {
        return new Applied(Optional.empty(), new Blocked(intents.intent().get()), intents);
      }
      var taken = intents.intent().isPresent()
          ? intents
          : intents.with(new Intent(transaction, primary, deadlineMillis));
      return new Applied(Optional.empty(), new Locked(Values.of(current, wallMillis)), taken);
    }
  }

  /**
   * At the primary: now it has happened, unless somebody called it off. Without writes it only finds out whether the locks held all the time.
   *
   * @param own what the primary is to hold; empty: what it has
   * @param writes of the other keys that were locked
   */
  record Conclude(TransactionId transaction, Optional<Content> own, List<Commit.Write> writes) implements IntentChange {
    public Conclude {
      writes = List.copyOf(writes);
    }

    @Override
    public Applied apply(StoredRecord current, Intents intents, long wallMillis) {
      if (intents.commit(transaction).isPresent()) {
        return new Applied(Optional.empty(), new Committed(writes), intents);
      }
      if (!intents.isHeldBy(transaction)) {
        return new Applied(Optional.empty(), new Aborted(), intents);
      }
      var open = intents.withoutIntent();
      return new Applied(own, new Committed(writes),
          own.isEmpty() && writes.isEmpty() ? open : open.with(new Commit(transaction, writes)));
    }

    @Override
    public long valueBytes() {
      return own.map(content -> content.value().size()).orElse(0) + new Commit(transaction, writes).valueBytes();
    }
  }

  /** At another key: gives it back, with what was written to it. */
  record Settle(TransactionId transaction, Optional<Content> content) implements IntentChange {
    @Override
    public Applied apply(StoredRecord current, Intents intents, long wallMillis) {
      return intents.isHeldBy(transaction)
          ? new Applied(content, new Settled(), intents.withoutIntent())
          : new Applied(Optional.empty(), new Settled(), intents);
    }

    @Override
    public long valueBytes() {
      return content.map(written -> written.value().size()).orElse(0);
    }
  }

  /** At the primary: how the operation stands. If its time is over it is called off in the same step, so that it cannot happen any more. */
  record Resolve(TransactionId transaction) implements IntentChange {
    @Override
    public Applied apply(StoredRecord current, Intents intents, long wallMillis) {
      var commit = intents.commit(transaction);
      if (commit.isPresent()) {
        return new Applied(Optional.empty(), new Committed(commit.get().writes()), intents);
      }
      if (!intents.isHeldBy(transaction)) {
        return new Applied(Optional.empty(), new Aborted(), intents);
      }
      return intents.intent().get().deadlineMillis() > wallMillis
          ? new Applied(Optional.empty(), new Pending(), intents)
          : new Applied(Optional.empty(), new Aborted(), intents.withoutIntent());
    }
  }

  /** At the primary, when all other keys are settled. */
  record Forget(TransactionId transaction) implements IntentChange {
    @Override
    public Applied apply(StoredRecord current, Intents intents, long wallMillis) {
      var commit = intents.commit(transaction);
      return new Applied(Optional.empty(), new Settled(), commit.isPresent() ? intents.without(commit.get()) : intents);
    }
  }
}
