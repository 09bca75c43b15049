package dev.torc.cluster.paxos;

/**
 * The name of one strong operation, by which it is known again when it is tried again, here or through another replica.
 *
 * @param process 64 random bits of the coordinator to which the client spoke
 * @param number counts that coordinator's operations
 */
public record OperationId(long process, long number) {

  @Override
  public String toString() {
    return String.format("%016x#%d", process, number);
  }
}
