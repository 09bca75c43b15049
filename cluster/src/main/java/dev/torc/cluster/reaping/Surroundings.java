package dev.torc.cluster.reaping;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;

/** What reaping needs to know of the node that it runs on. */
public interface Surroundings {

  /** N of the key, as its prefix has it; 0: the ring's. */
  int replicas(Key key);

  /** A step that has the slot take part in no round at or below that one; answered with {@code Accepted} once that is on disk. */
  StoreStep raise(int slot, long ring, Ballot round);
}
