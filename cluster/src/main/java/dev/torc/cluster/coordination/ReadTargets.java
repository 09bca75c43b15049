package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;

/** Whom one read asks, in which order, how far it has come, and by which steps it asks and repairs. */
final class ReadTargets {
  private final Coordination by;
  private final Key key;
  private final ReplicaOrder order;
  private final ReadAnswers told;
  private int asked;

  ReadTargets(Coordination by, Key key, ReplicaOrder order, ReadAnswers told) {
    this.by = by;
    this.key = key;
    this.order = order;
    this.told = told;
  }

  int size() {
    return order.size();
  }

  /** How many of the first can be reached. */
  int live() {
    return order.live();
  }

  int indexOf(NodeId node) {
    return order.indexOf(node);
  }

  /** How long to wait for the first so many before another is asked. */
  long expectedMillis(int first, Turn turn) {
    return order.expectedMillis(first, turn);
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
    for (int i = 0; i < order.size(); i++) {
      if (!told.isFetching(i) && turn.isLive(order.at(i))) {
        fetch(i, false, turn);
      }
    }
  }

  /** @param whole not only if it is small */
  void fetch(int place, boolean whole, Turn turn) {
    told.onFetch(place, whole);
    int limit = whole ? StoreStep.Fetch.NO_LIMIT : turn.config().versionOnlyAboveBytes();
    turn.ask(by, order.at(place), new StoreStep.Fetch(key, limit));
  }

  /** Brings one up to what all together have told. */
  void repair(int place, Turn turn) {
    turn.ask(by, order.at(place), new StoreStep.Merge(key, told.merged()));
  }
}
