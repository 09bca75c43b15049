package dev.torc.cluster.sim;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Commands on several keys: each key is read or written by itself, with an outcome of its own, but all in one turn. */
final class BatchWorkload {
  /** Of all requests that clients make. */
  static final double PART = 0.1;

  private final SimCluster cluster;
  private final List<Key> keys;

  BatchWorkload(SimCluster cluster, List<Key> keys) {
    this.cluster = cluster;
    this.keys = keys;
  }

  /** @param then when the last of them has ended, or the node has gone down */
  void run(int node, Runnable then) {
    int from = (int) cluster.kernel().between(0, keys.size() - 1);
    int count = (int) cluster.kernel().between(1, keys.size());
    boolean writes = cluster.kernel().happens(0.6);
    var level = cluster.kernel().happens(0.1) ? Level.ALL : Level.QUORUM;
    var requests = new ArrayList<Request>();
    var numbers = new long[count];
    for (int i = 0; i < count; i++) {
      var key = keys.get((from + i) % keys.size());
      numbers[i] = writes ? cluster.clients().nextWrite() : -1;
      requests.add(writes
          ? Request.Write.blind(key, content(numbers[i]), level)
          : new Request.Read(key, level));
    }
    cluster.clients().askAll(node, requests, numbers, last(count, then));
  }

  private Content content(long number) {
    return cluster.kernel().happens(0.2)
        ? WriteNumbers.tombstone(number)
        : Content.of(WriteNumbers.value(number, cluster.kernel().happens(0.1) ? SimConfig.LARGE_BYTES * 3 : 0));
  }

  private static BiConsumer<Request, Outcome> last(int count, Runnable then) {
    return new BiConsumer<>() {
      private int missing = count;

      @Override
      public void accept(Request request, Outcome outcome) {
        if (--missing == 0) {
          then.run();
        }
      }
    };
  }
}
