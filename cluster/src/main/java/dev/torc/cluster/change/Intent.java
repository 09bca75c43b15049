package dev.torc.cluster.change;

import dev.torc.protocol.Bytes;
import java.util.Objects;

/**
 * A key is held by an operation on several keys: nobody else goes on with it before that one has ended or was called off, and where that stands is known at
 * its primary key alone.
 *
 * @param primary the key at which the operation is committed
 * @param deadlineMillis wall time from which anybody may call it off
 */
public record Intent(TransactionId transaction, Bytes primary, long deadlineMillis) {
  public Intent {
    Objects.requireNonNull(transaction);
    Objects.requireNonNull(primary);
  }

  public boolean isOf(TransactionId other) {
    return transaction.equals(other);
  }
}
