package dev.torc.cluster.storage;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One replica asks another where their records differ. Looks at what is committed, and writes nothing. */
public sealed interface TreeStep extends StoreStep {

  @Override
  default boolean isBackground() { return true; }
  Scope scope();

  /**
   * Which keys are compared: those of N that both nodes hold.
   *
   * @param ring its digest: nodes that disagree on it do not agree on the keys
   * @param partition {@link Trees#partition()}, likewise
   * @param replicas N; 0 is the ring's
   */
  record Scope(NodeId asker, long ring, long partition, int replicas) {}

  /** Why the trees cannot be compared at present. */
  static Optional<StoreAnswer> refusal(Scope scope, Trees trees) {
    if (scope.partition() != trees.partition()) {
      return Optional.of(new Failed(Cause.BUSY, "the nodes do not agree on the keys' N yet"));
    }
    return trees.isComplete()
        ? Optional.empty()
        : Optional.of(new Failed(Cause.COUNTING, "the trees are being built"));
  }

  /**
   * Shows nodes of the asker's tree; answered with those that differ here.
   *
   * @param among the slots that both hold: known to whoever asks its own store, and filled in by the coordinator of whoever is asked by another node
   * @param nodes up to {@value #MAX_NODES}
   */
  record Compare(Scope scope, SlotSet among, List<Shown> nodes) implements TreeStep {
    public static final int MAX_NODES = 256;

    public Compare {
      if (nodes.size() > MAX_NODES) {
        throw new IllegalArgumentException(nodes.size() + " nodes, more than " + MAX_NODES);
      }
    }

    public Compare among(SlotSet slots) {
      return new Compare(scope, slots, nodes);
    }

    public StoreAnswer apply(Trees trees) {
      return refusal(scope, trees).orElseGet(() -> new TreeAnswer.Compared(differing(trees)));
    }

    private List<TreeAnswer.Differing> differing(Trees trees) {
      var differing = new ArrayList<TreeAnswer.Differing>();
      for (var shown : nodes) {
        if (trees.hash(scope.replicas(), shown.node(), among) != shown.hash()) {
          differing.add(new TreeAnswer.Differing(shown.node(), children(shown.node(), trees)));
        }
      }
      return differing;
    }

    private List<Long> children(int node, Trees trees) {
      var hashes = new ArrayList<Long>(TreeNodes.FAN_OUT);
      for (int i = 0; i < TreeNodes.FAN_OUT && !TreeNodes.isLeaf(node); i++) {
        hashes.add(trees.hash(scope.replicas(), TreeNodes.child(node, i), among));
      }
      return hashes;
    }
  }

  /** A node of the asker's tree. */
  record Shown(int node, long hash) {
    public Shown {
      if (!TreeNodes.isNode(node)) {
        throw new IllegalArgumentException("no node of a tree: " + node);
      }
    }
  }

  /**
   * Lists a leaf's keys with the hashes of their records, from a place in it on; a page may end early, but never between keys of one position.
   *
   * @param from within the leaf
   */
  record Digests(Scope scope, int leaf, ScanPoint from) implements TreeStep {
    /** After so many keys, or bytes of keys, a page ends. */
    public static final int MAX_KEYS = 1_000;
    public static final int MAX_BYTES = 64 << 10;

    public Digests {
      if (!TreeNodes.isNode(leaf) || !TreeNodes.isLeaf(leaf) || from.compareTo(TreeNodes.from(leaf)) < 0
          || from.compareTo(TreeNodes.to(leaf)) >= 0) {
        throw new IllegalArgumentException("no place in a leaf: " + leaf + ", " + from);
      }
    }

    public static Digests of(Scope scope, int leaf) {
      return new Digests(scope, leaf, TreeNodes.from(leaf));
    }
  }
}
