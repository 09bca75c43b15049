package dev.torc.cluster.wire;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Comparisons of trees, and their answers, of all sorts. */
final class ArbitraryTrees {
  private final RandomGenerator random;

  ArbitraryTrees(RandomGenerator random) {
    this.random = random;
  }

  TreeStep step() {
    var scope = new TreeStep.Scope(new NodeId(random.nextLong()), random.nextLong(), random.nextLong(),
        random.nextInt(17));
    if (random.nextBoolean()) {
      return new TreeStep.Compare(scope, SlotSet.NONE,
          list(() -> new TreeStep.Shown(node(), random.nextLong())));
    }
    int leaf = TreeNodes.leafNode(random.nextInt(1 << 20));
    var from = TreeNodes.from(leaf);
    return new TreeStep.Digests(scope, leaf, new ScanPoint(from.slot(), from.position() + random.nextInt(1 << 20)));
  }

  TreeAnswer answer() {
    return random.nextBoolean()
        ? new TreeAnswer.Compared(list(this::differing))
        : new TreeAnswer.Digested(list(() -> new TreeAnswer.Digest(Bytes.of("k" + random.nextInt()),
            random.nextLong())), random.nextBoolean() ? ScanPoint.END : new ScanPoint(random.nextInt(16_384), 7));
  }

  private TreeAnswer.Differing differing() {
    int node = node();
    var children = new ArrayList<Long>();
    while (!TreeNodes.isLeaf(node) && children.size() < TreeNodes.FAN_OUT) {
      children.add(random.nextLong());
    }
    return new TreeAnswer.Differing(node, children);
  }

  private int node() {
    int levels = random.nextInt(6);
    int node = TreeNodes.ROOT;
    for (int level = 0; level < levels; level++) {
      node = TreeNodes.child(node, random.nextInt(TreeNodes.FAN_OUT));
    }
    return node;
  }

  private <T> List<T> list(Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(6)).toList();
  }
}
