package dev.torc.cluster.change;

/**
 * The name of one attempt at an operation on several keys. An attempt that was given up is never taken up again under its name: others may have found it
 * unfinished, and called it off.
 *
 * @param process 64 random bits of the proposer
 * @param number counts its attempts
 */
public record TransactionId(long process, long number) {
  @Override
  public String toString() {
    return String.format("%016x@%d", process, number);
  }
}
