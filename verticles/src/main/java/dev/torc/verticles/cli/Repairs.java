package dev.torc.verticles.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * What the nodes of a cluster have yet to give each other. Each knows that of itself only, so all are asked that the first one sees up.
 *
 * @param views what each said that answered
 * @param silent names and addresses of those that did not
 */
record Repairs(List<RingView> views, List<String> silent) {
  private static final int TIMEOUT_MILLIS = 2_000;
  /** Comparisons may be slow while there is much to repair; who has missed so many has a reason. */
  private static final int LATE_INTERVALS = 6;

  /** What one node said, or a line that it did not. */
  private record Asked(RingView view, String silent) {}

  /**
   * What of two nodes is known of their last comparison.
   *
   * @param seconds since then; if there was none yet, since both are up
   */
  private record Pair(boolean isCompared, long seconds, long divergentKeys, boolean isLate) {
    private String line(String names) {
      if (divergentKeys > 0) {
        return names + " differed in " + count(divergentKeys, "key") + " " + RingTable.age(seconds) + " ago.";
      }
      return isCompared
          ? names + " have not compared their records for " + RingTable.age(seconds) + "."
          : names + " have never compared their records, in " + RingTable.age(seconds) + " that both are up.";
    }

    private boolean isAsItShouldBe() { return divergentKeys == 0 && !isLate; }

    private Pair or(Pair other) {
      return isCompared == other.isCompared ? seconds <= other.seconds ? this : other : isCompared ? this : other;
    }
  }

  /** Asks the others, all at once. */
  static Repairs ask(RingView first) {
    var views = new ArrayList<>(List.of(first));
    var silent = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = first.othersUp().stream().map(node -> CompletableFuture.supplyAsync(() -> ask(node), threads))
          .toList();
      for (var answer : asked) {
        var said = answer.join();
        if (said.view == null) {
          silent.add(said.silent);
        } else {
          views.add(said.view);
        }
      }
    }
    return new Repairs(views, silent);
  }

  private static Asked ask(RingView.Member node) {
    int colon = node.address().lastIndexOf(':');
    try {
      var query = new NodeQuery(node.address().substring(0, colon),
          Integer.parseInt(node.address().substring(colon + 1)), TIMEOUT_MILLIS);
      return new Asked(query.ask(), null);
    } catch (IOException | RuntimeException unreached) {
      return new Asked(null, node.name() + " (" + node.address() + ")");
    }
  }

  /** A line for each thing that is not as it should be in the end; none of a cluster that is whole. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var view : views) {
      if (!view.catchingUp().equals("no")) {
        lines.add(view.name() + " is catching up: " + view.catchingUp() + ".");
      }
    }
    for (var view : views) {
      for (var node : view.nodes()) {
        if (node.hints() > 0) {
          lines.add(view.name() + " keeps " + count(node.hints(), "record") + " for " + node.name() + ".");
        }
      }
    }
    pairs().forEach((names, pair) -> {
      if (!pair.isAsItShouldBe()) {
        lines.add(pair.line(names));
      }
    });
    silent.forEach(node -> lines.add(node + " does not answer from here, so what it lacks is not told."));
    return lines;
  }

  /** By names; each pair compares twice an interval, once from either side, and the later one counts. */
  private TreeMap<String, Pair> pairs() {
    var pairs = new TreeMap<String, Pair>();
    for (var view : views) {
      for (var peer : view.othersUp()) {
        if (peer.isApart()) {
          continue;
        }
        var names = view.name().compareTo(peer.name()) < 0
            ? view.name() + " and " + peer.name()
            : peer.name() + " and " + view.name();
        pairs.merge(names, pair(view, peer), Pair::or);
      }
    }
    return pairs;
  }

  private static Pair pair(RingView view, RingView.Member peer) {
    boolean isCompared = peer.comparedSeconds() >= 0;
    long seconds = isCompared ? peer.comparedSeconds() : Math.min(view.uptimeSeconds(), peer.uptimeSeconds());
    return new Pair(isCompared, seconds, peer.divergentKeys(), seconds > LATE_INTERVALS * view.intervalSeconds());
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
