package dev.torc.cluster.coordination;

/**
 * Counts the replicas that have done what was asked of them, each once however often it says so. The verdict has three values: a yes-or-no would
 * make "not yet" and "never" look alike.
 */
final class Quorum {
  enum Verdict {
    PENDING,
    REACHED,
    IMPOSSIBLE
  }

  private final int required;
  private int size;
  private long succeeded;
  private long failed;

  /** @param size replicas, at most 64, known by their place in the preference list */
  Quorum(int required, int size) {
    if (size > Long.SIZE) {
      throw new IllegalArgumentException(size + " replicas");
    }
    this.required = required;
    this.size = size;
  }

  /** One more is asked. */
  void grow() {
    size++;
  }

  void onSuccess(int replica) {
    succeeded |= 1L << replica;
    failed &= ~(1L << replica);
  }

  /** A replica that succeeded has not failed by failing to say it again. */
  void onFailure(int replica) {
    if (!hasSucceeded(replica)) {
      failed |= 1L << replica;
    }
  }

  /** What the replica did does not count any more. */
  void onWithdrawal(int replica) {
    succeeded &= ~(1L << replica);
    failed |= 1L << replica;
  }

  boolean hasSucceeded(int replica) {
    return (succeeded & 1L << replica) != 0;
  }

  boolean hasFailed(int replica) {
    return (failed & 1L << replica) != 0;
  }

  int successes() {
    return Long.bitCount(succeeded);
  }

  int required() {
    return required;
  }

  Verdict verdict() {
    if (successes() >= required) {
      return Verdict.REACHED;
    }
    return size - Long.bitCount(failed) < required ? Verdict.IMPOSSIBLE : Verdict.PENDING;
  }
}
