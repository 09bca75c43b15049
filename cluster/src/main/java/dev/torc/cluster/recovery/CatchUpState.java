package dev.torc.cluster.recovery;

/**
 * How far a node is with catching up.
 *
 * @param slots that this node holds; 0 when all is whole
 * @param pending of these, not whole yet
 * @param records taken in so far, since the start of the process
 * @param sinceMillis wall time at which this process began with it; 0 when all is whole
 * @param isWaiting whether too few of the other replicas can be reached to go on
 */
public record CatchUpState(int slots, int pending, long records, long sinceMillis, boolean isWaiting) {
  public static final CatchUpState NONE = new CatchUpState(0, 0, 0, 0, false);
}
