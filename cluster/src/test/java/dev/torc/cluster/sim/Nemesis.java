package dev.torc.cluster.sim;

/** Does harm, as much as the seed allows, and mends some of it again. */
final class Nemesis {
  private final SimCluster cluster;
  private final SimKernel kernel;

  Nemesis(SimCluster cluster) {
    this.cluster = cluster;
    this.kernel = cluster.kernel();
  }

  void go() {
    for (var node : cluster.nodes()) {
      node.setClock(kernel.between(-1_000, 1_000));
    }
    next();
  }

  private void next() {
    kernel.after(kernel.between(100, 900), () -> {
      if (kernel.now() < SimConfig.ACTIVE_MILLIS) {
        strike(cluster.node(any()));
        next();
      }
    });
  }

  private void strike(SimNode node) {
    var config = cluster.config();
    switch ((int) kernel.between(0, 5)) {
      case 0 -> stop(node, false, config.crashes());
      case 1 -> stop(node, true, config.powerCuts());
      case 2 -> failDisk(node, config.diskErrors());
      case 3 -> cut(config.cuts());
      case 4 -> pause(node, config.pauses());
      default -> setClock(node, config.clockJumps());
    }
  }

  private void stop(SimNode node, boolean powerFails, boolean allowed) {
    if (allowed && node.isUp()) {
      kernel.trace(() -> "NEMESIS " + (powerFails ? "power cut " : "crash ") + node.index());
      node.stop(powerFails);
      kernel.after(kernel.happens(0.3) ? kernel.between(1_000, 6_000) : kernel.between(10, 400), () -> {
        if (!node.isUp()) {
          kernel.trace(() -> "NEMESIS start " + node.index());
          node.start();
          dieAgain(node, powerFails);
        }
      });
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

  private void cut(boolean allowed) {
    if (!allowed) {
      return;
    }
    if (kernel.happens(0.4)) {
      int alone = any();
      for (int other = 0; other < cluster.nodes().size(); other++) {
        cut(alone, other);
        cut(other, alone);
      }
    } else {
      cut(any(), any());
    }
  }

  private void cut(int from, int to) {
    kernel.trace(() -> "NEMESIS cut " + from + " -> " + to);
    cluster.network().cut(from, to, from != to);
    kernel.after(kernel.between(100, 3_000), () -> cluster.network().cut(from, to, false));
  }

  private void pause(SimNode node, boolean allowed) {
    if (allowed) {
      kernel.trace(() -> "NEMESIS pause " + node.index());
      node.pause();
      kernel.after(kernel.between(50, 3_000), node::resume);
    }
  }

  private void setClock(SimNode node, boolean allowed) {
    if (allowed) {
      boolean far = kernel.happens(0.2);
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
