/**
 * How a replica that may have forgotten becomes whole again.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.recovery.CatchUp} the chore
 * <li>{@link dev.torc.cluster.recovery.CatchUpConfig} its figures
 * <li>{@link dev.torc.cluster.recovery.CatchUpState} what of it is to be seen
 * <li>{@code Stretch} some slots with the same replicas, from the first question to the end
 * <li>{@code Sources} the replicas that are asked, and when enough of them have told
 * <li>{@code Ballots} above all that it may have promised; {@code PromiseLosses} since when they have to wait
 * <li>{@code Restoring} what a stretch's acceptors have forgotten
 * <li>{@code Copying} what its records lack
 * </ul>
 */
package dev.torc.cluster.recovery;
