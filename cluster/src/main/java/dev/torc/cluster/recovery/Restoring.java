package dev.torc.cluster.recovery;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.upkeep.Errands;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a replica does that has forgotten what it promised and accepted. Whoever has a promise of it, or an acceptance, may be about to count on that. So a
 * majority of the others, and this replica, first agree to take part in nothing up to a new ballot ({@link SlotStep.Raise}): then nothing below it can be accepted by
 * a majority any more. What they had accepted until then they tell; for each key the latest of it is what may have been chosen with this replica's help, and this
 * replica accepts it, as in a round of its own ({@link AcceptorStep.Restore}).
 *
 * <p>A ballot is raised once: where somebody is above it already, all begin again above that.
 */
final class Restoring {
  private static final int MOST_ATTEMPTS = 5;

  private final Stretch stretch;
  private final Ballots ballots;
  private final TreeSet<NodeId> raised = new TreeSet<>();
  private final TreeSet<NodeId> partly = new TreeSet<>();
  private Ballot ballot = Ballot.NONE;
  private Ballot obstacle = Ballot.NONE;
  private ScanPoint from;
  private int attempts;
  private boolean isStored = true;

  Restoring(Stretch stretch, Ballots ballots) {
    this.stretch = stretch;
    this.ballots = ballots;
    this.from = new ScanPoint(stretch.range().from(), 0);
  }

  void begin(Errands errands) {
    attempts++;
    raised.clear();
    raised.add(errands.self());
    stretch.sources().all().stream().filter(errands::isLive).forEach(raised::add);
    ballot = ballots.next(obstacle, errands.now(), errands.random());
    for (var node : List.copyOf(raised)) {
      for (int slot = stretch.range().from(); slot <= stretch.range().to(); slot++) {
        stretch.ask(node, new SlotStep.Raise(slot, errands.ring().digest(), ballot), errands,
            answer -> onRaised(node, answer));
      }
    }
    stretch.then(later -> onAllRaised(later));
  }

  private void onRaised(NodeId node, StoreAnswer answer) {
    if (answer instanceof StoreAnswer.Partly) {
      partly.add(node);
    }
    if (answer.told() instanceof AcceptorAnswer.Nacked nacked) {
      obstacle = Ballot.max(obstacle, nacked.floor());
    }
    if (!(answer.told() instanceof AcceptorAnswer.Accepted)) {
      raised.remove(node);
    }
  }

  private void onAllRaised(Errands errands) {
    if (raised.remove(errands.self()) && stretch.sources().areEnough(raised::contains, partly::contains)) {
      list(errands);
    } else if (!obstacle.isBelow(ballot) && attempts < MOST_ATTEMPTS) {
      begin(errands);
    } else {
      stretch.fail(errands);
    }
  }

  private void list(Errands errands) {
    var latest = new TreeMap<Key, AcceptorState>();
    var reached = new TreeSet<ScanPoint>(List.of(ScanPoint.END));
    for (var node : List.copyOf(raised)) {
      stretch.ask(node, new SlotStep.Acceptors(stretch.range(), from, stretch.config().pageBytes()), errands,
          answer -> onPage(node, answer, latest, reached));
    }
    stretch.then(later -> restore(latest, reached.first(), later));
  }

  /** Who has forgotten since it was raised cannot tell what it had accepted. */
  private void onPage(NodeId node, StoreAnswer answer, TreeMap<Key, AcceptorState> latest, TreeSet<ScanPoint> reached) {
    if (answer instanceof StoreAnswer.Partly) {
      partly.add(node);
    }
    if (answer.told() instanceof SlotAnswer.Acceptors page) {
      reached.add(page.next());
      page.states().forEach(it -> latest.merge(Key.of(it.key()), it.state(), Restoring::later));
    } else {
      raised.remove(node);
    }
  }

  private static AcceptorState later(AcceptorState one, AcceptorState other) {
    return one.accepted().isBelow(other.accepted()) ? other : one;
  }

  /** What lies behind the place where one of them stopped is not known of all yet. */
  private void restore(TreeMap<Key, AcceptorState> latest, ScanPoint reached, Errands errands) {
    var epoch = new Epoch(errands.ring().digest(), 0);
    latest.forEach((key, state) -> {
      if (reached.isBehind(key)) {
        stretch.ask(errands.self(), new AcceptorStep.Restore(key, epoch, ballot, state), errands,
            answer -> isStored &= answer instanceof AcceptorAnswer.Accepted);
      }
    });
    stretch.then(later -> onRestored(reached, later));
  }

  private void onRestored(ScanPoint reached, Errands errands) {
    if (!isStored || !stretch.sources().areEnough(raised::contains, partly::contains)) {
      stretch.fail(errands);
    } else if (reached.isEnd()) {
      stretch.complete(errands);
    } else {
      from = reached;
      list(errands);
    }
  }
}
