package dev.torc.cluster.antientropy;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.ring.SharedSlots;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.Trees;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.cluster.upkeep.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Whom to compare with next. Every peer that shares slots with this node has its turn once an interval, as long as it is live; a round with it compares every N that keys
 * have, one after the other. Whatever goes wrong ends the round, and the next one begins anew: nothing is lost by that but time.
 *
 * <p>The nodes' ticks are not the same, so rounds with different peers spread by themselves; the first ones are drawn, so that a cluster that is started at once does not
 * compare all at once.
 *
 * <p>A node that was told that it missed something ({@link Trees#missed()}) compares with everybody at once, and faster than at other times.
 */
public final class AntiEntropy implements Chore {
  private static final int AT_ONCE = 4;
  private static final long SOON_MILLIS = 1_000;

  private final AntiEntropyConfig config;
  private final Trees trees;
  private final Consumer<PairRound> onRound;
  private final Pace pace;
  private final TreeMap<NodeId, Long> dueAt = new TreeMap<>();
  private final TreeMap<NodeId, Round> rounds = new TreeMap<>();
  /** Whom to compare with at once. */
  private final TreeSet<NodeId> urgent = new TreeSet<>();
  private long missed;
  private SharedSlots shared;

  /** One that is going on. */
  private static final class Round {
    private final long startedAtMillis;
    private final List<Integer> counts;
    private final boolean isUrgent;
    private final List<TreeExchange> exchanges = new ArrayList<>();

    private Round(long startedAtMillis, List<Integer> counts, boolean isUrgent) {
      this.startedAtMillis = startedAtMillis;
      this.counts = counts;
      this.isUrgent = isUrgent;
    }
  }

  /** @param onRound told when a round has ended, however it did */
  public AntiEntropy(AntiEntropyConfig config, Trees trees, Consumer<PairRound> onRound) {
    this.config = config;
    this.trees = trees;
    this.onRound = onRound;
    this.pace = new Pace(config.maxBytesPerSecond());
  }

  @Override
  public void onTick(Errands errands) {
    if (shared == null) {
      return;
    }
    if (missed != trees.missed()) {
      missed = trees.missed();
      urgent.addAll(dueAt.keySet());
      dueAt.replaceAll((peer, due) -> errands.now().steadyMillis());
    }
    for (var peer : List.copyOf(rounds.keySet())) {
      step(peer, rounds.get(peer), errands);
    }
    long now = errands.now().steadyMillis();
    for (var due : dueAt.entrySet()) {
      if (due.getValue() <= now && rounds.size() < AT_ONCE && trees.isComplete() && errands.isLive(due.getKey())
          && !rounds.containsKey(due.getKey())) {
        begin(due.getKey(), errands);
      }
    }
  }

  /** The slots that nodes share are others now. */
  @Override
  public void onRing(Errands errands) {
    rounds.values().forEach(round -> round.exchanges.forEach(TreeExchange::giveUp));
    shared = errands.ring().isEmpty() ? null : new SharedSlots(errands.ring(), errands.self());
    var peers = errands.ring().members().stream().map(RingMember::id).filter(id -> !id.equals(errands.self())).toList();
    dueAt.keySet().retainAll(peers);
    urgent.retainAll(peers);
    for (var peer : peers) {
      dueAt.putIfAbsent(peer,
          errands.now().steadyMillis() + errands.random().nextLong(config.intervalMillis()));
    }
  }

  private void begin(NodeId peer, Errands errands) {
    var counts = trees.inUse().stream().filter(n -> !shared.with(peer, n).isEmpty()).toList();
    if (counts.isEmpty()) {
      dueAt.put(peer, errands.now().steadyMillis() + config.intervalMillis());
      return;
    }
    var round = new Round(errands.now().steadyMillis(), counts, urgent.remove(peer));
    rounds.put(peer, round);
    pace.hurry(rounds.values().stream().anyMatch(other -> other.isUrgent));
    next(peer, round, errands);
    step(peer, round, errands);
  }

  private void next(NodeId peer, Round round, Errands errands) {
    int replicas = round.counts.get(round.exchanges.size());
    var scope = new TreeStep.Scope(errands.self(), errands.ring().digest(), trees.partition(), replicas);
    round.exchanges.add(new TreeExchange(peer, scope, shared.with(peer, replicas), trees, pace,
        config.timeoutMillis()));
  }

  private void step(NodeId peer, Round round, Errands errands) {
    var exchange = round.exchanges.getLast();
    exchange.onTick(errands);
    if (exchange.isComplete() && round.exchanges.size() < round.counts.size()) {
      next(peer, round, errands);
      round.exchanges.getLast().onTick(errands);
    } else if (exchange.isDone()) {
      end(peer, round, errands);
    }
  }

  private void end(NodeId peer, Round round, Errands errands) {
    rounds.remove(peer);
    pace.hurry(rounds.values().stream().anyMatch(other -> other.isUrgent));
    boolean complete = round.exchanges.stream().allMatch(TreeExchange::isComplete);
    long repaired = round.exchanges.stream().mapToLong(TreeExchange::repaired).sum();
    long now = errands.now().steadyMillis();
    boolean soon = repaired > 0 || urgent.contains(peer);
    dueAt.computeIfPresent(peer,
        (id, due) -> now + (soon ? Math.min(SOON_MILLIS, config.intervalMillis()) : config.intervalMillis()));
    onRound.accept(new PairRound(peer, complete, round.startedAtMillis, now,
        round.exchanges.stream().mapToLong(TreeExchange::divergent).sum(), repaired,
        round.exchanges.stream().mapToLong(TreeExchange::bytes).sum()));
  }
}
