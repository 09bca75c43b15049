package dev.torc.cluster.sim;

import dev.torc.protocol.command.Level;
import java.util.TreeSet;

/** Does harm, as much as the seed allows, and mends some of it again. */
final class Nemesis {
  /** Longer than any request waits, and than messages may be late. */
  private static final long LONG_PAUSE_MILLIS = 7_000;

  private final SimCluster cluster;
  private final SimKernel kernel;
  /** Who loses its disk: fewer than acknowledge a write at a quorum. */
  private final TreeSet<Integer> victims = new TreeSet<>();
  private final LinkNemesis links;

  Nemesis(SimCluster cluster) {
    this.cluster = cluster;
    this.kernel = cluster.kernel();
    this.links = new LinkNemesis(cluster);
  }

  void go() {
    for (var node : cluster.nodes()) {
      node.setClock(kernel.between(-1_000, 1_000));
    }
    next();
  }

  private void next() {
    kernel.after(kernel.between(80, 700), () -> {
      if (kernel.now() < SimConfig.ACTIVE_MILLIS) {
        strike(cluster.node(any()));
        next();
      }
    });
  }

  private void strike(SimNode node) {
    var config = cluster.config();
    switch ((int) kernel.between(0, 7)) {
      case 0 -> stop(node, false, config.crashes());
      case 1 -> stop(node, true, config.powerCuts());
      case 2 -> {
        failDisk(node, config.diskErrors());
        rot(node, config.diskLoss());
      }
      case 3 -> pause(node, config.pauses());
      case 4 -> links.cut(config.cuts());
      case 5 -> links.partition(config.partitions());
      case 6 -> links.swizzle(config.clogs());
      default -> setClock(node, config.clockJumps());
    }
  }

  private void stop(SimNode node, boolean powerFails, boolean allowed) {
    if (allowed && node.isUp() && kernel.now() < SimConfig.ACTIVE_MILLIS) {
      kernel.trace(() -> "NEMESIS " + (powerFails ? "power cut " : "crash ") + node.index());
      node.stop(powerFails);
      if (powerFails && cluster.config().diskLoss()) {
        loseDisk(node);
      }
      kernel.after(kernel.happens(0.3) ? kernel.between(1_000, 6_000) : kernel.between(10, 400), () -> {
        if (!node.isUp()) {
          kernel.trace(() -> "NEMESIS start " + node.index());
          node.start();
          dieAgain(node, powerFails);
        }
      });
    }
  }

  /** What as many lose as acknowledged it is lost. */
  private boolean mayLoseDisk(SimNode node) {
    if (victims.size() < Level.QUORUM.required(cluster.config().replicas()) - 1) {
      victims.add(node.index());
    }
    return victims.contains(node.index());
  }

  private void loseDisk(SimNode node) {
    if (mayLoseDisk(node) && kernel.happens(0.8)) {
      boolean hasCopy = kernel.happens(0.5);
      kernel.trace(() -> "NEMESIS " + (hasCopy ? "older disk " : "empty disk ") + node.index());
      node.disk().lose(hasCopy);
    }
  }

  /** A process that dies soon after its start meets the messages of its former life. */
  private void dieAgain(SimNode node, boolean powerFails) {
    if (kernel.happens(0.5) && kernel.now() < SimConfig.ACTIVE_MILLIS) {
      kernel.after(kernel.between(30, 500), () -> stop(node, powerFails, true));
    }
  }

  private void failDisk(SimNode node, boolean allowed) {
    if (allowed) {
      kernel.trace(() -> "NEMESIS disk fails " + node.index());
      node.disk().fail(true);
      kernel.after(kernel.between(50, 1_500), () -> node.disk().fail(false));
    }
  }

  /** What the disk held is damaged while the process runs, and set aside: nothing can be read of it. */
  private void rot(SimNode node, boolean allowed) {
    if (!allowed || !node.isUp()) {
      return;
    }
    if (mayLoseDisk(node) && kernel.stream("rot", (int) kernel.now()).nextInt(2) == 0) {
      kernel.trace(() -> "NEMESIS rot " + node.index());
      node.disk().lose(false);
    }
  }

  private void pause(SimNode node, boolean allowed) {
    if (allowed) {
      kernel.trace(() -> "NEMESIS pause " + node.index());
      node.pause();
      kernel.after(kernel.happens(0.1) ? LONG_PAUSE_MILLIS : kernel.between(50, 3_000), node::resume);
    }
  }

  private void setClock(SimNode node, boolean allowed) {
    if (allowed) {
      boolean far = kernel.happens(0.2) && cluster.config().farJumps();
      long most = far ? SimConfig.WORST_OFFSET_MILLIS : SimConfig.SKEW_MILLIS / 2;
      long offset = kernel.between(-most, most);
      kernel.trace(() -> "NEMESIS clock of " + node.index() + " by " + offset);
      node.setClock(offset);
    }
  }

  private int any() {
    return (int) kernel.between(0, cluster.nodes().size() - 1);
  }
}
