package dev.torc.cluster.storage;

import dev.torc.cluster.time.Moment;
import java.util.List;

/**
 * The port to a replica's storage: one shard of it, which serves the slots that are its own and is called by one thread.
 *
 * <p>What it does <b>not</b> promise: that an answer is quick; that a write is on disk when it is answered, unless the store is set to sync always
 * (otherwise a power cut, not a mere process death, may take the last second); that a step that failed left no trace after a restart. What it does
 * promise: steps take effect in order, each alone; a step that {@link StoreStep#isSynced()} is answered only with everything so far on disk; a step that was answered with {@code Failed} did not change what later steps read in this
 * process; after anything that may have lost an acknowledged step the store stamps under new actors.
 */
public interface ReplicaStore {

  /** Performs the steps in order and gives as many answers, in that order, once all of them are as durable as the store is set to make them. */
  List<StoreAnswer> perform(List<StoreStep> steps, Moment now);

  /** Looks at up to {@code limit} values that are due to expire and turns those into tombstones; gives how many it looked at. */
  int sweepExpired(int limit, Moment now);
}
