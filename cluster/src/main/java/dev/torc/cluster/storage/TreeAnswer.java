package dev.torc.cluster.storage;

import dev.torc.protocol.Bytes;
import java.util.List;

/** What a replica says to a {@link TreeStep}. */
public sealed interface TreeAnswer extends StoreAnswer {

  /** Of the nodes that were shown those that differ; empty where all are equal. */
  record Compared(List<Differing> nodes) implements TreeAnswer {}

  /** @param children the hashes here of the node's children, {@link TreeNodes#FAN_OUT} of them; none of a leaf */
  record Differing(int node, List<Long> children) {
    public Differing {
      if (!TreeNodes.isNode(node) || children.size() != (TreeNodes.isLeaf(node) ? 0 : TreeNodes.FAN_OUT)) {
        throw new IllegalArgumentException("node " + node + " with " + children.size() + " children");
      }
    }
  }

  /** A leaf's keys, in order, and where to go on; {@link ScanPoint#END} at its end. */
  record Digested(List<Digest> keys, ScanPoint next) implements TreeAnswer {}

  /** @param hash {@link RecordHash} */
  record Digest(Bytes key, long hash) {}
}
