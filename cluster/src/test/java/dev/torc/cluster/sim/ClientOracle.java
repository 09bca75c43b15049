package dev.torc.cluster.sim;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.Level;
import java.util.BitSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** What the outcomes promise, and whether it is kept. */
final class ClientOracle {
  /** By how many replicas' word: index n has what n replicas surely held at some time; and when a quorum had it. */
  private record Confirmed(BitSet[] acknowledged, BitSet[] read, TreeMap<Integer, Long> byQuorumAt,
      BitSet[] held) {}

  private final SimCluster cluster;
  private final int replicas;
  private final TreeMap<Key, Confirmed> confirmed = new TreeMap<>();
  private final TreeSet<Long> refused = new TreeSet<>();

  ClientOracle(SimCluster cluster) {
    this.cluster = cluster;
    this.replicas = cluster.config().replicas();
  }

  void onStart(Operation operation) {
    if (operation.request instanceof Request.Strong strong) {
      int majority = Level.STRONG.required(replicas);
      for (int n = replicas - majority + 1; n <= replicas; n++) {
        operation.acknowledged.or(of(strong.key()).acknowledged[n]);
      }
    } else if (operation.request instanceof Request.Read read) {
      int others = replicas - cluster.required(operation.node, read.key(), read.level());
      for (int n = others + 1; n <= replicas; n++) {
        operation.acknowledged.or(of(read.key()).acknowledged[n]);
        operation.read.or(of(read.key()).read[n]);
      }
    }
  }

  void onOutcome(Operation operation, Outcome outcome) {
    switch (outcome) {
      case Outcome.Found found when operation.request instanceof Request.Read read -> onFound(operation, read, found);
      case Outcome.Changed changed when operation.request instanceof Request.Strong strong ->
        onChanged(operation, strong, changed);
      case Outcome.Written written when operation.request instanceof Request.Write write ->
        onWritten(operation, write, written);
      case Outcome.Refused no -> onRefused(operation, no);
      case Outcome.Changed changed when operation.request instanceof Request.StrongAll -> {
      }
      case Outcome.Uncertain maybe when operation.request instanceof Request.Strong
          || operation.request instanceof Request.StrongAll ->
        {
        }
      case Outcome.Uncertain maybe -> violations().check(operation.write >= 0, Invariant.ANSWERS_BELONG,
          operation.request + " was answered with " + outcome);
      case Outcome.Listed listed when operation.request instanceof Request.Scan -> {
      }
      case Outcome.Counted counted when operation.request instanceof Request.CountAll -> {
      }
      case Outcome.Explained explained when operation.request instanceof Request.Explain explain ->
        onExplained(explain, explained);
      case Outcome.Confirmed holders when operation.request instanceof Request.Confirm confirm ->
        onConfirmed(operation, confirm, holders);
      default ->
        violations().report(Invariant.ANSWERS_BELONG, operation.request + " was answered with " + outcome);
    }
  }

  void atTheEnd() {
    for (long write : refused) {
      violations().check(!cluster.oracle().isApplied(write), Invariant.REFUSED_IS_NOT_APPLIED, "write " + write);
    }
    confirmed.forEach((key, word) -> {
      var losses = cluster.oracle().of(key).losses();
      for (int n = 1; n <= replicas; n++) {
        int holders = n;
        checkKept(key, word.acknowledged[n], n, losses.together(n)::get);
        checkKept(key, word.held[n], n, number -> losses.count(number) >= holders);
      }
    });
  }

  private void onFound(Operation operation, Request.Read read, Outcome.Found found) {
    var history = cluster.oracle().of(read.key());
    var seen = history.covered(found.record().version());
    history.check("a read of " + read.key().bytes(), found.record(), seen, violations());
    boolean strong = read.level() instanceof Level.Strong;
    int required = cluster.required(operation.node, read.key(), read.level());
    var excused = lost(read.key());
    if (required < Level.QUORUM.required(replicas) && !read.level().isLocal()) {
      // One that is catching up may answer alone, if nobody else can.
      excused.or(history.losses().since(operation.startedAt));
    }
    excused.or(seen);
    checkNobodyStoodIn(operation, read.level(), found.replicas());
    boolean counts = !read.level().countsHints() || found.replicas() >= required && found.staleMillis() == 0;
    violations().check(!counts || KeyHistory.isWithin(operation.acknowledged, excused),
        strong ? Invariant.STRONG_SEES_WRITES : Invariant.READS_SEE_WRITES,
        read + " misses " + history.names(operation.acknowledged, excused) + ", has " + found.record());
    violations().check(!counts || KeyHistory.isWithin(operation.read, excused), Invariant.READS_ARE_MONOTONIC,
        read + " misses " + history.names(operation.read, excused) + ", has " + found.record());
    var orReaped = lost(read.key());
    orReaped.or(seen);
    violations().check(read.bound().after().isCoveredBy(found.record().version())
        || read.bound().provesReaped() > 0 && KeyHistory.isWithin(history.covered(read.bound().after()), orReaped),
        Invariant.AFTER_IS_SEEN, read + " has " + found.record());
    checkAge(operation, read.key(), found.staleMillis(), excused);
    if (required > 1 && (!read.level().countsHints() || found.replicas() >= required)) {
      of(read.key()).read[required].or(seen);
    }
  }

  /** While all is well, and nobody has been silent for so long that another was asked, a sloppy quorum is one. */
  private void checkNobodyStoodIn(Operation operation, Level level, int replicas) {
    long millis = cluster.kernel().now() - operation.startedAt;
    boolean mayStandIn = !operation.startedWell || millis >= SimConfig.COORDINATOR.hintAfterMillis();
    violations().check(mayStandIn || !level.equals(Level.SLOPPY) || replicas >= level.required(this.replicas),
        Invariant.SLOPPY_IS_QUORUM, operation.request + " rests on " + replicas);
  }

  /** What nobody need find: what was reaped, and what as many had lost at one time as surely held it. */
  BitSet lost(Key key) {
    var losses = cluster.oracle().of(key).losses();
    var lost = losses.any();
    for (int n = 2; n <= replicas; n++) {
      var firm = (BitSet) of(key).acknowledged[n].clone();
      firm.or(of(key).read[n]);
      firm.andNot(losses.together(n));
      lost.andNot(firm);
    }
    lost.or(cluster.oracle().of(key).reaped());
    return lost;
  }

  private void onQuorum(Key key, int number) {
    of(key).byQuorumAt.putIfAbsent(number, cluster.kernel().now());
  }

  private void checkAge(Operation operation, Key key, long staleMillis, BitSet seen) {
    if (staleMillis != Outcome.Found.UNKNOWN_AGE) {
      of(key).byQuorumAt.forEach((number, at) -> violations().check(
          at >= operation.startedAt - staleMillis || seen.get(number), Invariant.STALENESS_IS_TRUE,
          operation.request + " is " + staleMillis + " ms old and misses " + number + " of " + at + " ms"));
    }
  }

  /** Each replica is named, and what it says is what it has seen at some time. */
  private void onExplained(Request.Explain explain, Outcome.Explained explained) {
    var named = explained.replicas().stream().map(Outcome.Explained.Copy::node).toList();
    violations().check(named.equals(cluster.ring().preferenceList(explain.key().slot()).nodes()),
        Invariant.ANSWERS_BELONG, explain + " was answered with " + explained);
    var history = cluster.oracle().of(explain.key());
    for (var copy : explained.replicas()) {
      copy.record().ifPresent(record -> history.check("an explanation of " + explain.key().bytes(), record,
          history.covered(record.version()), violations()));
    }
  }

  private void onConfirmed(Operation operation, Request.Confirm confirm, Outcome.Confirmed told) {
    for (var write : confirm.writes()) {
      var history = cluster.oracle().of(write.key());
      var made = history.covered(write.version());
      var nodes = cluster.ring().preferenceList(write.key().slot()).nodes();
      int holders = 0;
      boolean own = false;
      for (var replica : nodes) {
        int node = cluster.indexOf(replica);
        var holds = (BitSet) (confirm.synced() ? history.onDisk(node) : history.seen(node)).clone();
        holds.or(history.losses().of(node));
        holders += KeyHistory.isWithin(made, holds) ? 1 : 0;
        own |= node == operation.node && KeyHistory.isWithin(made, holds);
      }
      boolean isReplica = nodes.contains(cluster.node(operation.node).id());
      violations().check(holders >= told.others() + (told.self() ? 1 : 0) && (own || !isReplica || !told.self()),
          Invariant.CONFIRMED_IS_HELD, write + " is on " + holders + ", not " + told);
    }
  }

  /** Whoever reads at a quorum from now on sees all that it saw, since that is held by one. */
  private void onChanged(Operation operation, Request.Strong strong, Outcome.Changed changed) {
    var history = cluster.oracle().of(strong.key());
    var seen = history.covered(changed.version());
    var excused = lost(strong.key());
    excused.or(seen);
    violations().check(KeyHistory.isWithin(operation.acknowledged, excused), Invariant.STRONG_SEES_WRITES,
        strong + " misses " + history.names(operation.acknowledged, excused) + ", has seen " + changed.version());
    int required = Level.STRONG.required(replicas);
    if (changed.result() instanceof ChangeResult.Done done) {
      done.value().ifPresent(old -> checkStood(operation, strong.key(), WriteNumbers.of(Content.of(old))));
    }
    violations().check(holders(strong.key(), changed.version()) >= required, Invariant.ACKNOWLEDGED_BY_ENOUGH,
        strong + " made or saw " + changed.version() + ", which is not on " + required);
    of(strong.key()).acknowledged[required].or(seen);
    seen.stream().forEach(number -> onQuorum(strong.key(), number));
  }

  /** What an operation says that it found cannot have been superseded by what was acknowledged before it started. */
  private void checkStood(Operation operation, Key key, long old) {
    var history = cluster.oracle().of(key);
    var dot = cluster.oracle().dotOf(old);
    var surely = KeyHistory.without(operation.acknowledged, lost(key));
    violations().check(old < 0 || dot == null || !history.isSuperseded(history.number(dot), surely),
        Invariant.STRONG_SEES_WRITES, operation.request + " found write " + old + ", which was superseded before");
  }

  private void onWritten(Operation operation, Request.Write write, Outcome.Written written) {
    var dot = cluster.oracle().dotOf(operation.write);
    if (!written.dot().equals(dot)) {
      violations().report(Invariant.ANSWERS_BELONG, "write " + operation.write + " is " + dot + ", not " + written);
      return;
    }
    var history = cluster.oracle().of(write.key());
    int number = history.number(dot);
    checkNobodyStoodIn(operation, write.level(), written.replicas());
    int wanted = cluster.required(operation.node, write.key(), write.level());
    of(write.key()).held[wanted].set(number);
    int required = write.level().countsHints() ? written.replicas() : wanted;
    int holders = holders(write.key(), history, number);
    violations().check(holders >= required, Invariant.ACKNOWLEDGED_BY_ENOUGH,
        "write " + operation.write + " at " + write.level() + " is on " + holders);
    if (required > 0) {
      of(write.key()).acknowledged[required].set(number);
    }
    if (required >= Level.QUORUM.required(replicas)) {
      onQuorum(write.key(), number);
    }
  }

  /** How many replicas have the write, on disk if they are to sync always, or lost it by rights. */
  private int holders(Key key, KeyHistory history, int number) {
    int holders = 0;
    for (var replica : cluster.ring().preferenceList(key.slot()).nodes()) {
      int node = cluster.indexOf(replica);
      boolean always = cluster.config().sync() == SimConfig.Sync.ALWAYS;
      boolean holds = (always ? history.onDisk(node) : history.seen(node)).get(number);
      holders += holds || history.losses().of(node).get(number) ? 1 : 0;
    }
    return holders;
  }

  /** How many replicas' records have seen all this, on disk if they are to sync always, or had, and lost it by rights. */
  private int holders(Key key, VersionVector version) {
    var history = cluster.oracle().of(key);
    boolean always = cluster.config().sync() == SimConfig.Sync.ALWAYS;
    int holders = 0;
    for (var replica : cluster.ring().preferenceList(key.slot()).nodes()) {
      int node = cluster.indexOf(replica);
      holders += history.hadOrLost(node, version, always ? history.onDisk(node) : history.seen(node)) ? 1 : 0;
    }
    return holders;
  }

  private void onRefused(Operation operation, Outcome.Refused no) {
    if (operation.write >= 0) {
      refused.add(operation.write);
      violations().check(!cluster.oracle().isApplied(operation.write), Invariant.REFUSED_IS_NOT_APPLIED,
          "write " + operation.write + ": " + no);
      boolean honest = operation.isForged || cluster.config().clockJumps() || no.reason() != Outcome.Reason.BAD_CONTEXT;
      violations().check(honest, Invariant.HONEST_CONTEXTS_ARE_TAKEN, operation.request + ": " + no);
    }
  }

  /** @param isGone whether as many as surely had it may have lost it */
  private void checkKept(Key key, BitSet acknowledged, int holders, IntPredicate isGone) {
    var history = cluster.oracle().of(key);
    acknowledged.stream().forEach(number -> {
      boolean kept = history.reaped().get(number);
      for (int node = 0; node < cluster.nodes().size(); node++) {
        kept |= history.seen(node).get(number);
      }
      violations().check(kept || isGone.test(number), Invariant.ACKNOWLEDGED_IS_KEPT, key.bytes() + " "
          + history.dot(number) + ", acknowledged by " + holders + ", lost by " + history.losses().count(number));
    });
  }

  private Confirmed of(Key key) {
    return confirmed.computeIfAbsent(key,
        unknown -> new Confirmed(KeyHistory.sets(replicas + 1), KeyHistory.sets(replicas + 1), new TreeMap<>(),
            KeyHistory.sets(replicas + 1)));
  }

  private Violations violations() {
    return cluster.violations();
  }
}
