package dev.torc.cluster.coordination;

import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom one read asks, in which order, how far it has come, and by which steps it asks and repairs.
 *
 * <p>At a level at which they count, the nodes behind the preference list stand in for replicas that cannot be reached or do not answer: they are asked for what they hold
 * for any replica of the key, since whoever stood in for whom when it was written does not matter; this node too, where it is one of them. They are never repaired: a hint is for what its owner has missed, and
 * reads would else leave one behind for every key that they touch.
 */
final class ReadTargets {
  private final Coordination by;
  private final Key key;
  private final PreferenceList replicas;
  private final boolean countsHints;
  private final ReplicaOrder order;
  private final Quorum answers;
  private final ReadAnswers told;
  private StandIns standIns;
  /** Behind the replicas. */
  private List<NodeId> stoodIn = List.of();
  private int asked;

  /** @param answers whose quorum grows with those who stand in */
  ReadTargets(Coordination by, Request.Read read, PreferenceList replicas, ReplicaOrder order, Quorum answers,
      ReadAnswers told) {
    this.by = by;
    this.key = read.key();
    this.replicas = replicas;
    this.countsHints = read.level().countsHints();
    this.order = order;
    this.answers = answers;
    this.told = told;
  }

  int size() {
    return order.size() + stoodIn.size();
  }

  /** How many could stand in, if that counts at the level. */
  int liveStandIns(Turn turn) {
    return countsHints ? StandIns.live(key, replicas, turn) : 0;
  }

  boolean hasStandIns() {
    return !stoodIn.isEmpty();
  }

  boolean isStandIn(int place) {
    return place >= order.size();
  }

  /** How many have succeeded who are replicas. */
  int replicas(Quorum among) {
    int count = among.successes();
    for (int i = order.size(); i < size(); i++) {
      count -= among.hasSucceeded(i) ? 1 : 0;
    }
    return count;
  }

  /** Whether what all together have told is not older than the bound: it covers that, or so many replicas have not seen it that it must have been reaped. */
  boolean comeAfter(ReadBound bound) {
    return bound.after().isCoveredBy(told.merged().version())
        || bound.provesReaped() > 0 && wholeReplicas() >= bound.provesReaped();
  }

  /** How many replicas have answered that are not catching up. */
  private int wholeReplicas() {
    int count = 0;
    for (int i = 0; i < order.size(); i++) {
      count += answers.hasSucceeded(i) && !told.isPart(i) ? 1 : 0;
    }
    return count;
  }

  /** How many replicas have not answered, and nobody has been asked in their place. */
  int silent() {
    return Math.max(0, order.size() - replicas(answers) - stoodIn.size());
  }

  /** Asks so many more in place of replicas, if they count at the level, as far as there are any. @return how many that is */
  int standIn(int wanted, Turn turn) {
    int found = 0;
    while (countsHints && found < wanted && addStandIn(turn)) {
      fetch(size() - 1, false, turn);
      found++;
    }
    return found;
  }

  private boolean addStandIn(Turn turn) {
    if (standIns == null) {
      standIns = StandIns.ofRead(key, replicas);
      stoodIn = new ArrayList<>(2);
    }
    var node = standIns.take(stoodIn.size(), turn);
    if (node == null) {
      return false;
    }
    stoodIn.add(node);
    answers.grow();
    told.grow();
    return true;
  }

  /** How many of the first can be reached. */
  int live() {
    return order.live();
  }

  int indexOf(NodeId node) {
    int place = order.indexOf(node);
    return place < 0 ? order.size() + stoodIn.indexOf(node) : place;
  }

  /** How long to wait before it is looked whether one of those asked first is late. */
  long lateAfterMillis(Turn turn) {
    return order.untilLateMillis(answers.required(), turn);
  }

  /** Whether one is later than it usually is; if not, that is looked at again when one could be. What was asked after the answers, as repairs are, may take as long as all together. */
  boolean isLate(long waitedMillis, Turn turn) {
    long fetching = told.fetching() & (1L << order.size()) - 1;
    long left = fetching == 0
        ? order.expectedMillis(answers.required(), turn) - waitedMillis
        : order.untilLateMillis(fetching, waitedMillis, turn);
    if (left > 0) {
      turn.lateAfter(by, left);
    }
    return left <= 0;
  }

  /** Whether there is one that can be reached and has not been asked. */
  boolean hasMore() {
    return asked < order.live();
  }

  /** The first is asked for the record whatever its size. */
  void askNext(Turn turn) {
    if (hasMore()) {
      fetch(asked++, asked == 1, turn);
    }
  }

  void askRest(Turn turn) {
    while (hasMore()) {
      askNext(turn);
    }
  }

  /** All that have nothing to answer. */
  void askAgain(Turn turn) {
    for (int i = 0; i < size(); i++) {
      if (!told.isFetching(i) && turn.isLive(at(i))) {
        fetch(i, false, turn);
      }
    }
  }

  /** @param whole not only if it is small */
  void fetch(int place, boolean whole, Turn turn) {
    told.onFetch(place, whole);
    int limit = whole ? StoreStep.Fetch.NO_LIMIT : turn.config().versionOnlyAboveBytes();
    turn.ask(by, at(place), isStandIn(place)
        ? new HintStep.FetchKept(key, replicas.nodes(), limit)
        : new StoreStep.Fetch(key, limit));
  }

  /** Who holds what all together have told; those who stand in need not. */
  Quorum upToDate() {
    var upToDate = new Quorum(answers.required(), size());
    for (int i = 0; i < size(); i++) {
      if (told.isUpToDate(i) || isStandIn(i) && told.hasTold(i)) {
        upToDate.onSuccess(i);
      }
    }
    return upToDate;
  }

  void repairAllBehind(Quorum upToDate, Turn turn) {
    for (int i = 0; i < size(); i++) {
      if (told.hasTold(i) && !upToDate.hasSucceeded(i)) {
        repair(i, turn);
      }
    }
  }

  private NodeId at(int place) {
    return isStandIn(place) ? stoodIn.get(place - order.size()) : order.at(place);
  }

  /** Brings a replica up to what all together have told. */
  void repair(int place, Turn turn) {
    turn.ask(by, order.at(place), new StoreStep.Merge(key, told.merged()));
  }
}
