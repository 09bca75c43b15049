package dev.torc.cluster.sim;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Requests under way, each with the node that it went to, and their outcomes. */
final class Clients {
  /** Whose request it is that nobody waits for. */
  static final long NOBODY = -1;

  private final SimCluster cluster;
  private final ClientOracle oracle;
  private final TreeMap<Long, Operation> open = new TreeMap<>();
  private long requests;
  private long writes;
  private long succeeded;
  private long strong;
  private long strongSucceeded;

  Clients(SimCluster cluster) {
    this.cluster = cluster;
    this.oracle = new ClientOracle(cluster);
  }

  ClientOracle oracle() {
    return oracle;
  }

  long nextWrite() {
    return writes++;
  }

  int open() {
    return open.size();
  }

  long requests() {
    return requests;
  }

  long succeeded() {
    return succeeded;
  }

  /** Strong operations, linearizable reads among them, that were answered. */
  long strong() {
    return strong;
  }

  long strongSucceeded() {
    return strongSucceeded;
  }

  /** @param then told of the outcome; of null if the node goes down first */
  void ask(int node, Request request, long write, boolean isForged, Consumer<Outcome> then) {
    var operation = start(node, request, write, isForged, then);
    cluster.node(node).onRequest(operation.id, request);
  }

  /**
   * Requests that one command makes, at once.
   *
   * @param writes their numbers; -1 for a read
   * @param then told of each outcome; of null if the node goes down first
   */
  void askAll(int node, List<Request> asked, long[] writes, BiConsumer<Request, Outcome> then) {
    var ids = new long[writes.length];
    for (int i = 0; i < writes.length; i++) {
      var request = asked.get(i);
      ids[i] = start(node, request, writes[i], false, outcome -> then.accept(request, outcome)).id;
    }
    cluster.node(node).onRequests(ids, asked);
  }

  private Operation start(int node, Request request, long write, boolean isForged, Consumer<Outcome> then) {
    var operation = new Operation(requests++, node, request, write, isForged, cluster.kernel().now(),
        cluster.isWell(), then);
    open.put(operation.id, operation);
    oracle.onStart(operation);
    cluster.kernel().trace(() -> "client -> " + node + " #" + operation.id + " " + request);
    return operation;
  }

  void onReply(long request, Outcome outcome) {
    if (request == NOBODY) {
      return;
    }
    var operation = open.remove(request);
    cluster.violations().check(operation != null, Invariant.ANSWERED_ONCE, "request " + request + ": " + outcome);
    if (operation != null) {
      long success = outcome instanceof Outcome.Refused || outcome instanceof Outcome.Uncertain ? 0 : 1;
      succeeded += success;
      if (isStrong(operation.request)) {
        strong++;
        strongSucceeded += success;
      }
      oracle.onOutcome(operation, outcome);
      cluster.kernel().after(0, () -> operation.then.accept(outcome));
    }
  }

  private static boolean isStrong(Request request) {
    return request instanceof Request.Strong
        || request instanceof Request.Read read && read.level() instanceof Level.Strong;
  }

  void onNodeDown(int node) {
    for (var operation : open.values().stream().filter(o -> o.node == node).toList()) {
      open.remove(operation.id);
      cluster.kernel().after(5, () -> operation.then.accept(null));
    }
  }

  void checkAllAnswered() {
    open.values().forEach(o -> cluster.violations().report(Invariant.ANSWERED_ONCE,
        o.request + " of " + o.startedAt + " ms at node " + o.node + " has no answer"));
  }
}
