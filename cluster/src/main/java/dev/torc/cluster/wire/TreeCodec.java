package dev.torc.cluster.wire;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep;
import java.util.ArrayList;

/** The binary form of comparisons of trees. The slots that are meant do not travel: both sides know them from the ring. */
final class TreeCodec {
  private static final int COMPARE = 1;
  private static final int DIGESTS = 2;

  private static final int COMPARED = 1;
  private static final int DIGESTED = 2;

  private TreeCodec() {}

  static void write(TreeStep step, ByteWriter out) {
    switch (step) {
      case TreeStep.Compare compare -> {
        writeScope(compare.scope(), out.u8(COMPARE));
        out.varint(compare.nodes().size());
        compare.nodes().forEach(shown -> out.varint(shown.node()).i64(shown.hash()));
      }
      case TreeStep.Digests digests -> {
        writeScope(digests.scope(), out.u8(DIGESTS));
        out.varint(digests.leaf()).i64(digests.from().position());
      }
    }
  }

  /** Of a comparison without its slots. */
  static TreeStep readStep(ByteReader in) {
    int kind = in.u8();
    var scope = new TreeStep.Scope(new NodeId(in.i64()), in.i64(), in.i64(), in.u8());
    try {
      return switch (kind) {
        case COMPARE -> readCompare(scope, in);
        case DIGESTS -> {
          int leaf = in.intVarint();
          yield new TreeStep.Digests(scope, leaf, new ScanPoint(slot(leaf), in.i64()));
        }
        default -> throw new MalformedException("a step on trees of kind " + kind);
      };
    } catch (IllegalArgumentException outside) {
      throw new MalformedException(outside.getMessage());
    }
  }

  private static int slot(int leaf) {
    return TreeNodes.isNode(leaf) && TreeNodes.isLeaf(leaf) ? TreeNodes.slot(leaf) : -1;
  }

  private static TreeStep readCompare(TreeStep.Scope scope, ByteReader in) {
    int count = in.count(9);
    var nodes = new ArrayList<TreeStep.Shown>(count);
    for (int i = 0; i < count; i++) {
      nodes.add(new TreeStep.Shown(in.intVarint(), in.i64()));
    }
    return new TreeStep.Compare(scope, SlotSet.NONE, nodes);
  }

  static void write(TreeAnswer answer, ByteWriter out) {
    switch (answer) {
      case TreeAnswer.Compared compared -> {
        out.u8(COMPARED).varint(compared.nodes().size());
        for (var differing : compared.nodes()) {
          out.varint(differing.node());
          differing.children().forEach(out::i64);
        }
      }
      case TreeAnswer.Digested digested -> {
        out.u8(DIGESTED).varint(digested.keys().size());
        digested.keys().forEach(digest -> out.bytes(digest.key()).i64(digest.hash()));
        StepCodec.writePoint(digested.next(), out);
      }
    }
  }

  static StoreAnswer readAnswer(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case COMPARED -> readCompared(in);
      case DIGESTED -> {
        int count = in.count(9);
        var keys = new ArrayList<TreeAnswer.Digest>(count);
        for (int i = 0; i < count; i++) {
          keys.add(new TreeAnswer.Digest(in.bytes(), in.i64()));
        }
        yield new TreeAnswer.Digested(keys, StepCodec.readPoint(in));
      }
      default -> throw new MalformedException("an answer on trees of kind " + kind);
    };
  }

  private static TreeAnswer.Compared readCompared(ByteReader in) {
    int count = in.count(1);
    var nodes = new ArrayList<TreeAnswer.Differing>(count);
    for (int i = 0; i < count; i++) {
      int node = in.intVarint();
      if (!TreeNodes.isNode(node)) {
        throw new MalformedException("no node of a tree: " + node);
      }
      var children = new ArrayList<Long>();
      for (int child = 0; child < TreeNodes.FAN_OUT && !TreeNodes.isLeaf(node); child++) {
        children.add(in.i64());
      }
      nodes.add(new TreeAnswer.Differing(node, children));
    }
    return new TreeAnswer.Compared(nodes);
  }

  private static void writeScope(TreeStep.Scope scope, ByteWriter out) {
    out.i64(scope.asker().value()).i64(scope.ring()).i64(scope.partition()).u8(scope.replicas());
  }
}
