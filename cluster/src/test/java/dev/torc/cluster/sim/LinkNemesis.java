package dev.torc.cluster.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Does harm to links: cuts them, a single one, a node's, or so that the cluster falls apart in a shape that has broken others; for a while, or flapping; and
 * clogs them one after another, to unclog them in another order, so that what was said first is heard last.
 */
final class LinkNemesis {

  /** How a cluster falls apart. */
  private enum Shape {
    /** In two. */
    HALVES,
    /** In two, of which the one still hears the other. */
    ONE_WAY,
    /** In two that do not see each other, and a node that sees both: majorities that overlap in it. */
    BRIDGE,
    /** Each sees its two neighbours on a circle: a majority for everybody, none the same. */
    CIRCLE
  }

  private record Link(int from, int to) {}

  private final SimCluster cluster;
  private final SimKernel kernel;
  private final int nodes;

  LinkNemesis(SimCluster cluster) {
    this.cluster = cluster;
    this.kernel = cluster.kernel();
    this.nodes = cluster.config().nodes();
  }

  /** A link in one direction, or all of a node's. */
  void cut(boolean allowed) {
    if (!allowed) {
      return;
    }
    var links = new ArrayList<Link>();
    if (kernel.happens(0.4)) {
      int alone = any();
      for (int other = 0; other < nodes; other++) {
        if (other != alone) {
          links.add(new Link(alone, other));
          links.add(new Link(other, alone));
        }
      }
    } else {
      int from = any();
      links.add(new Link(from, (from + 1 + (int) kernel.between(0, nodes - 2)) % nodes));
    }
    links.forEach(link -> cut(List.of(link), kernel.between(100, 3_000)));
  }

  void partition(boolean allowed) {
    if (!allowed) {
      return;
    }
    var shape = Shape.values()[(int) kernel.between(0, Shape.values().length - 1)];
    var links = linksOf(shape);
    boolean flaps = kernel.happens(0.3);
    kernel.trace(() -> "NEMESIS " + (flaps ? "flapping " : "") + shape + " " + links);
    if (flaps) {
      flap(links, kernel.now() + kernel.between(1_000, 4_000));
    } else {
      cut(links, kernel.between(300, 5_000));
    }
  }

  /** Links clog in one order and unclog in another. */
  void swizzle(boolean allowed) {
    if (!allowed) {
      return;
    }
    double part = kernel.happens(0.5) ? 0.3 : 0.8;
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (from != to && kernel.happens(part)) {
          clog(new Link(from, to), kernel.between(0, 800), 800 + kernel.between(0, 2_500));
        }
      }
    }
  }

  private void clog(Link link, long afterMillis, long untilMillis) {
    kernel.after(afterMillis, () -> {
      if (kernel.now() < SimConfig.ACTIVE_MILLIS) {
        kernel.trace(() -> "NEMESIS clog " + link);
        cluster.network().clog(link.from, link.to);
        kernel.after(untilMillis - afterMillis, () -> {
          kernel.trace(() -> "NEMESIS unclog " + link);
          cluster.network().unclog(link.from, link.to);
        });
      }
    });
  }

  private void flap(List<Link> links, long until) {
    if (kernel.now() < Math.min(until, SimConfig.ACTIVE_MILLIS)) {
      long millis = kernel.between(20, 600);
      cut(links, millis);
      kernel.after(millis + kernel.between(20, 400), () -> flap(links, until));
    }
  }

  private void cut(List<Link> links, long millis) {
    kernel.trace(() -> "NEMESIS cut " + links + " for " + millis);
    links.forEach(link -> cluster.network().cut(link.from, link.to));
    kernel.after(millis, () -> links.forEach(link -> cluster.network().mend(link.from, link.to)));
  }

  private List<Link> linksOf(Shape shape) {
    var order = shuffled();
    int size = (int) kernel.between(1, nodes - 1);
    var links = new ArrayList<Link>();
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < nodes; j++) {
        int apart = Math.abs(i - j);
        boolean cut = switch (shape) {
          case HALVES -> i < size != j < size;
          case ONE_WAY -> i < size && j >= size;
          case BRIDGE -> i > 0 && j > 0 && i % 2 != j % 2;
          case CIRCLE -> apart > 1 && apart < nodes - 1;
        };
        if (cut) {
          links.add(new Link(order.get(i), order.get(j)));
        }
      }
    }
    return links;
  }

  private List<Integer> shuffled() {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < nodes; i++) {
      order.add(i);
    }
    Collections.shuffle(order, Random.from(kernel.random()));
    return order;
  }

  private int any() {
    return (int) kernel.between(0, nodes - 1);
  }
}
