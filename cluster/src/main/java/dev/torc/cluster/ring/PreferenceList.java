package dev.torc.cluster.ring;

import java.util.List;

/** The distinct nodes that hold a slot, the primary (the owner of the first token at or behind the slot) first. Empty only on an empty ring. */
public record PreferenceList(List<NodeId> nodes) {
  public static final PreferenceList EMPTY = new PreferenceList(List.of());

  public PreferenceList {
    nodes = List.copyOf(nodes);
  }

  public int size() {
    return nodes.size();
  }

  /** The replica's place in the list, from 0; -1 for a node that is none. */
  public int indexOf(NodeId node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).value() == node.value()) {
        return i;
      }
    }
    return -1;
  }

  public boolean contains(NodeId node) {
    return indexOf(node) >= 0;
  }

  /** Not to be asked of an empty list. */
  public NodeId primary() {
    return nodes.get(0);
  }
}
