package dev.torc.cluster.hint;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.upkeep.Errands;
import java.util.List;
import java.util.function.ToIntFunction;

/** Who holds a key, as this node sees the ring now. @param count N of a key, as its prefix has it; 0: the ring's */
record Replicas(ToIntFunction<Key> count) {

  /** None before the cluster has formed. */
  List<NodeId> of(Key key, Errands errands) {
    return errands.ring().isEmpty()
        ? List.of()
        : errands.ring().preferenceList(key.slot(), count.applyAsInt(key)).nodes();
  }

  boolean isMember(NodeId node, Errands errands) {
    return errands.ring().members().stream().anyMatch(member -> member.id().equals(node));
  }
}
