package dev.torc.cluster.sim;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All is well again: everything heals, time passes, and the cluster must be as good as new, without anything lost. */
final class QuietEnd {
  private static final long SETTLE_MILLIS = 35_000;
  /**
   * Within this long after everything healed, all requests succeed. Who is catching up then may wait a second for an answer that was lost, and another one before it tries again,
   * and it goes from slot to slot.
   */
  private static final long RECOVERY_MILLIS = 5_000;
  private static final long BOUND_MILLIS = 1_500;
  private static final int MOST_TRIES = 3;
  /** Within this long after everything healed, replicas hold the same although nobody uses them. */
  private static final long CONVERGENCE_MILLIS = 20_000;
  private static final long COMPARISON_MILLIS = 3_000;

  private final SimCluster cluster;
  private final List<Key> keys;
  private final List<Key> others;
  private final List<SlotRange> ranges;

  /**
   * @param keys that are used again
   * @param others which only comparing brings to all their replicas
   * @param ranges that are scanned
   */
  QuietEnd(SimCluster cluster, List<Key> keys, List<Key> others, List<SlotRange> ranges) {
    this.cluster = cluster;
    this.keys = keys;
    this.others = others;
    this.ranges = ranges;
  }

  void run() {
    boolean hasCompared = cluster.compares();
    heal();
    if (hasCompared) {
      pass(CONVERGENCE_MILLIS);
      checkNothingIsOpen();
      checkConverged(keys);
      checkConverged(others);
      checkTrees();
    }
    pass(RECOVERY_MILLIS);
    cluster.becomeWell();
    for (var key : keys) {
      cluster.nodes().forEach(node -> useAll(node, key));
    }
    cluster.nodes().forEach(this::useSeveral);
    pass(SETTLE_MILLIS);
    checkNothingIsOpen();
    checkConverged(others);
    checkTrees();
    for (var key : keys) {
      cluster.nodes().forEach(node -> readAll(node, key));
    }
    cluster.clients().oracle().atTheEnd();
    cluster.nodes().forEach(this::checkHoldsNothingForOthers);
    keys.forEach(this::checkReplicasAgree);
    for (var key : keys) {
      cluster.nodes().forEach(node -> write(node, key, Level.ALL));
    }
    pass(BOUND_MILLIS);
    checkNothingIsOpen();
  }

  private void heal() {
    cluster.kernel().trace(() -> "HEAL");
    cluster.network().heal();
    cluster.compare();
    for (var node : cluster.nodes()) {
      node.setClock(0);
      node.disk().fail(false);
      node.resume();
      if (!node.isUp()) {
        node.start();
      }
    }
  }

  /** At all levels that a client may want. */
  private void useAll(SimNode node, Key key) {
    ask(node, new Request.Read(key, Level.QUORUM), -1, Outcome.Found.class);
    write(node, key, Level.ANY);
    write(node, key, Level.ALL);
    ask(node, new Request.Read(key, Level.STRONG), -1, Outcome.Found.class);
    long number = cluster.clients().nextWrite();
    var change = new Change.Put(Content.of(WriteNumbers.value(number, 0)), false, Condition.ALWAYS, false);
    ask(node, new Request.Strong(key, change, Terms.of(Level.STRONG)), number, Outcome.Changed.class);
    write(node, key, Level.SLOPPY);
    ask(node, new Request.Read(key, Level.ONE), -1, Outcome.Found.class);
    ask(node, new Request.Read(key, Level.SLOPPY), -1, Outcome.Found.class);
  }

  /** Strong operations on several keys, and all keys. */
  private void useSeveral(SimNode node) {
    var pair = List.of(Key.of(Bytes.of("{q}a" + node.index())), Key.of(Bytes.of("{q}b" + node.index())));
    var values = List.of(Bytes.of("q"), Bytes.of("q"));
    together(node, new Request.StrongAll(pair, new Joint.SetAllIfAbsent(values), Terms.of(Level.STRONG)));
    together(node, new Request.StrongAll(pair, new Joint.Move(false), Terms.of(Level.STRONG)));
    ask(node, new Request.Scan(ranges, ScanPoint.START, 100), -1, Outcome.Listed.class);
    ask(node, new Request.CountAll(), -1, Outcome.Counted.class);
  }

  /** One that slow disks held up is called off by others, and then its client tries again. */
  private void together(SimNode node, Request.StrongAll request) {
    var outcomes = new ArrayList<Outcome>();
    boolean done = false;
    for (int i = 0; i < MOST_TRIES && !done; i++) {
      cluster.clients().ask(node.index(), request, -1, false, outcomes::add);
      await();
      done = !outcomes.isEmpty() && outcomes.getLast() instanceof Outcome.Changed;
    }
    cluster.violations().check(done, Invariant.RECOVERS, request + ": " + outcomes);
  }

  private void readAll(SimNode node, Key key) {
    ask(node, new Request.Read(key, Level.ALL), -1, Outcome.Found.class);
  }

  private void write(SimNode node, Key key, Level level) {
    long number = cluster.clients().nextWrite();
    var content = Content.of(WriteNumbers.value(number, 0));
    ask(node, Request.Write.blind(key, content, level), number, Outcome.Written.class);
  }

  private void ask(SimNode node, Request request, long write, Class<? extends Outcome> expected) {
    cluster.clients().ask(node.index(), request, write, false, outcome -> cluster.violations()
        .check(expected.isInstance(outcome), Invariant.RECOVERS, request + ": " + outcome));
    await();
  }

  private void await() {
    for (int i = 0; i < BOUND_MILLIS / 50 && cluster.clients().open() > 0; i++) {
      pass(50);
    }
  }

  private void pass(long millis) {
    cluster.kernel().runUntil(cluster.kernel().now() + millis);
  }

  private void checkReplicasAgree(Key key) {
    var records = records(key);
    cluster.violations().check(records.size() == 1, Invariant.REPLICAS_AGREE, records.toString());
  }

  private void checkHoldsNothingForOthers(SimNode node) {
    var hints = node.disk().store().hints().all();
    cluster.violations().check(hints.isEmpty(), Invariant.HINTS_DRAIN, "node " + node.index() + " has " + hints);
  }

  private List<StoredRecord> records(Key key) {
    return cluster.ring().preferenceList(key.slot()).nodes().stream()
        .map(node -> cluster.node(cluster.indexOf(node)).disk().store().records().getOrDefault(key, StoredRecord.EMPTY))
        .map(record -> record.collapseExpired(Long.MAX_VALUE)).distinct().toList();
  }

  private static boolean isBusy(SimNode node) {
    return node.coordinator().openCalls() + node.upkeep().open() + node.disk().queued() > 0;
  }

  /** Nobody has read any of them since all is well: comparing must have done it. */
  private void checkConverged(List<Key> unread) {
    for (var key : unread) {
      var records = records(key);
      cluster.violations().check(records.size() == 1, Invariant.REPLICAS_CONVERGE, key.bytes() + ": " + records);
    }
  }

  private void checkTrees() {
    for (var node : cluster.nodes()) {
      var trees = node.disk().store().trees();
      var kept = trees.toString();
      trees.rebuild(node.disk().store().records());
      cluster.violations().check(kept.equals(trees.toString()), Invariant.TREES_ARE_OF_THE_RECORDS,
          "node " + node.index() + " has " + kept + ", its records come to " + trees);
    }
  }

  /** Comparing never ends, but each comparison does. */
  private void checkNothingIsOpen() {
    for (int i = 0; i < COMPARISON_MILLIS && cluster.nodes().stream().anyMatch(QuietEnd::isBusy); i++) {
      pass(1);
    }
    cluster.clients().checkAllAnswered();
    for (var node : cluster.nodes()) {
      int operations = node.coordinator().open();
      int calls = node.coordinator().openCalls() + node.upkeep().open();
      cluster.violations().check(operations == 0 && calls == 0 && node.disk().queued() == 0,
          Invariant.NOTHING_STAYS_OPEN,
          "node " + node.index() + " has " + operations + " operations and " + calls + " calls open");
    }
  }
}
