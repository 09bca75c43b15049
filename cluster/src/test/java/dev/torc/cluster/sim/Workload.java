package dev.torc.cluster.sim;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A client: one request after another to any node, on few keys, so that they get into each other's way. */
final class Workload {
  /** Of this key only the latest value is kept. */
  private static final Key LATEST = Key.of(Bytes.of("latest"));

  private final SimCluster cluster;
  private final ScanWorkload scans;
  private final BatchWorkload batches;
  private final List<Key> keys = new ArrayList<>();
  private final TreeMap<Key, Context> contexts = new TreeMap<>();
  /** What any client has seen last of a key. */
  private final TreeMap<Key, Context> shared;
  private final List<Request.Confirm.Made> made = new ArrayList<>();

  Workload(SimCluster cluster, ScanWorkload scans, TreeMap<Key, Context> shared) {
    this.cluster = cluster;
    this.scans = scans;
    this.shared = shared;
    for (int i = 0; i < cluster.config().keys(); i++) {
      keys.add(Key.of(Bytes.of("key" + i)));
    }
    this.batches = new BatchWorkload(cluster, List.copyOf(keys));
    keys.add(LATEST);
    cluster.oracle().of(LATEST).keepsLatestOnly();
  }

  List<Key> keys() {
    return keys;
  }

  void go() {
    if (cluster.kernel().now() < SimConfig.ACTIVE_MILLIS) {
      cluster.kernel().after(cluster.kernel().between(0, cluster.config().thinkMillis()), this::next);
    }
  }

  private void next() {
    int node = (int) cluster.kernel().between(0, cluster.nodes().size() - 1);
    if (!cluster.node(node).isUp()) {
      go();
      return;
    }
    if (cluster.kernel().happens(BatchWorkload.PART)) {
      batches.run(node, this::go);
      return;
    }
    var key = keys.get((int) cluster.kernel().between(0, keys.size() - 1));
    long dice = cluster.kernel().between(0, 99);
    if (dice < 35) {
      read(node, key);
    } else if (dice < 90) {
      write(node, key, dice);
    } else if (dice < 91) {
      explain(node, key);
    } else if (dice < 92) {
      confirm(node);
    } else if (dice < 94) {
      cluster.clients().ask(node, new Request.CountAll(), -1, false, outcome -> go());
    } else if (dice < 97) {
      scans.refresh(node, this::go);
    } else {
      scans.scan(node, this::go);
    }
  }

  private void read(int node, Key key) {
    var known = cluster.kernel().happens(0.5) ? contexts : shared;
    var after = cluster.kernel().happens(0.2) ? known.getOrDefault(key, Context.NOTHING) : Context.NOTHING;
    boolean bounded = cluster.kernel().happens(0.4);
    var bound = new ReadBound(after, bounded ? cluster.kernel().between(0, 1_500) : ReadBound.ANY_AGE,
        key.equals(LATEST));
    var level = bounded && cluster.kernel().happens(0.6) ? Level.ONE : level();
    cluster.clients().ask(node, new Request.Read(key, Terms.of(level), bound), -1, false, outcome -> {
      if (outcome instanceof Outcome.Found found) {
        contexts.put(key, Context.of(found.record().version()));
        shared.put(key, Context.of(found.record().version()));
      }
      go();
    });
  }

  private void write(int node, Key key, long dice) {
    long number = cluster.clients().nextWrite();
    boolean forged = dice < 37;
    boolean seen = forged || dice < 55;
    var context = contexts.getOrDefault(key, Context.NOTHING);
    var causality = forged
        ? Causality.after(Context.of(forge(context.version())))
        : seen ? Causality.after(context) : Causality.BLIND;
    var content = content(number, node, dice);
    var lossy = new Causality(causality.context(), causality.seen(), key.equals(LATEST));
    var request = new Request.Write(key, content, dice >= 89 && !content.isTombstone(), lossy,
        Terms.of(cluster.kernel().happens(0.1) ? Level.ANY : level()));
    cluster.clients().ask(node, request, number, forged, outcome -> {
      if (outcome instanceof Outcome.Written written) {
        contexts.put(key, written.context());
        shared.put(key, written.context());
        made.add(new Request.Confirm.Made(key, VersionVector.of(written.dot()), 0));
      }
      go();
    });
  }

  private void explain(int node, Key key) {
    cluster.clients().ask(node, new Request.Explain(key, Terms.of(Level.ONE)), -1, false, outcome -> go());
  }

  /** About some of what it wrote last. */
  private void confirm(int node) {
    var kernel = cluster.kernel();
    var writes = made.subList(Math.max(0, made.size() - (int) kernel.between(1, 4)), made.size());
    var confirm = new Request.Confirm(writes, (int) kernel.between(0, 3), kernel.happens(0.5), kernel.happens(0.5),
        kernel.between(1, 1_000));
    cluster.clients().ask(node, confirm, -1, false, outcome -> go());
  }

  private Content content(long number, int node, long dice) {
    if (dice % 5 == 0) {
      return WriteNumbers.tombstone(number);
    }
    int bytes = dice % 7 == 0 ? SimConfig.LARGE_BYTES * 3 : 0;
    long expiry = dice % 8 == 1 ? cluster.node(node).moment().wallMillis() + cluster.kernel().between(1, 3_000) : 0;
    return Content.of(WriteNumbers.value(number, bytes), expiry);
  }

  private Level level() {
    long dice = cluster.kernel().between(0, 14);
    return dice > 11
        ? Level.SLOPPY
        : dice == 0
            ? Level.ONE
            : dice == 1 ? Level.ALL : dice == 2 ? new Level.Count(2) : dice == 3 ? Level.LOCAL_QUORUM : Level.QUORUM;
  }

  /** What no read gave: dots from the far future, most often of an actor that there is, or from a past that never was. */
  private VersionVector forge(VersionVector honest) {
    var kernel = cluster.kernel();
    long actor = honest.size() > 0 && kernel.happens(0.7) ? honest.actorAt(0) : kernel.random().nextLong();
    long farFuture = cluster.node(0).moment().wallMillis() + 5 * SimConfig.WORST_OFFSET_MILLIS;
    boolean past = honest.indexOf(actor) < 0 && kernel.happens(0.5);
    return honest.with(new Dot(actor, past ? kernel.between(1, 1_000) : Hlc.atMillis(farFuture)));
  }
}
