package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;

/**
 * What becomes of one write at each replica of its key. Who can be reached is sent the record. For one who cannot, or fails, or says nothing for a while, the next node behind them
 * all holds it, with a hint whose it is; and if there is none, this node does, beside its own record.
 *
 * <p>That is done at every level, since it is how a replica comes by what it missed. It counts only at a level that says so: then a replica's place is filled by itself or by who
 * stands in for it, whoever is first, and one node never fills two. What this node holds for others fills none, because it has been counted already.
 *
 * <p>The complication is a stand-in that is silent itself: after as long a wait the next one is asked, and behind the last this node holds it. What is open when the write is not followed any
 * longer, this node holds too.
 */
final class Placing {
  private final Coordination by;
  private final Key key;
  private final PreferenceList replicas;
  private final PreferenceList counting;
  private final boolean countsHints;
  private final Quorum quorum;
  private StandIns standIns;
  private StoredRecord record = StoredRecord.EMPTY;
  /** Replicas by their place: that have it; that will not say so; whose stand-in has it; whose stand-in is asked; for whom this node holds it. */
  private long acknowledged;
  private long lost;
  private long kept;
  private long asked;
  private long own;
  /** Of those asked to stand in, who was when silence was looked at last. */
  private long askedBefore;
  /** Hints that this node's own store has not confirmed. */
  private int openOwn;

  /** @param counting those of the replicas whose acknowledgement counts */
  Placing(Coordination by, Key key, Level level, PreferenceList replicas, PreferenceList counting) {
    this.by = by;
    this.key = key;
    this.replicas = replicas;
    this.counting = counting;
    this.countsHints = level.countsHints();
    this.quorum = new Quorum(level.required(counting.size()), counting.size());
  }

  Quorum quorum() {
    return quorum;
  }

  /** How many of those that count have it themselves. */
  int holders() {
    return countsHints ? Long.bitCount(acknowledged) : quorum.successes();
  }

  /** Whether each replica has it, or somebody has it for that one. */
  boolean isSettled() {
    return openOwn == 0 && (acknowledged | kept | own) == (1L << replicas.size()) - 1;
  }

  /** This node's store has stamped it: as one of the replicas, or in the first one's place. */
  void begin(StoredRecord stamped, Turn turn) {
    record = stamped;
    int self = replicas.indexOf(turn.self());
    if (self < 0) {
      kept = 1;
      quorum.onSuccess(0);
    } else {
      onAcknowledged(self);
    }
    var merge = new StoreStep.Merge(key, record);
    for (int i = 0; i < replicas.size(); i++) {
      if (i == Math.max(0, self)) {
        continue;
      }
      if (turn.isLive(replicas.nodes().get(i))) {
        turn.ask(by, replicas.nodes().get(i), merge);
      } else {
        onLost(i, turn);
      }
    }
    askedBefore = asked;
  }

  /** The node has taken the record, as a replica or for one. */
  void onTaken(NodeId node, Turn turn) {
    int place = replicas.indexOf(node);
    if (node.equals(turn.self())) {
      openOwn--;
    } else if (place >= 0) {
      onAcknowledged(place);
    } else {
      place = standIns.placeOf(node);
      asked &= ~bit(place);
      kept |= bit(place);
      if (countsHints) {
        quorum.onSuccess(place);
      }
    }
  }

  void onFailed(NodeId node, Turn turn) {
    int place = replicas.indexOf(node);
    if (node.equals(turn.self())) {
      openOwn--;
    } else if (place >= 0) {
      onLost(place, turn);
    } else {
      place = standIns.placeOf(node);
      if (((kept | own) & bit(place)) == 0 && standIns.isLatest(node)) {
        asked &= ~bit(place);
        standIn(place, turn);
      }
    }
  }

  /** Nobody is to wait any longer for those who have said nothing. */
  void onSilence(Turn turn) {
    long silent = askedBefore;
    for (int i = 0; i < replicas.size(); i++) {
      if (isOpen(i)) {
        if ((silent & asked & bit(i)) != 0) {
          standIn(i, turn);
        } else {
          standInOnce(i, turn);
        }
      }
    }
    askedBefore = asked;
  }

  /** The write is not followed any longer: for whoever has not said that it has it, this node holds it. */
  void keepRest(Turn turn) {
    for (int i = 0; i < replicas.size(); i++) {
      if (isOpen(i)) {
        keep(i, turn);
      }
    }
  }

  /**
   * The same before its time. Only for who is slow: the others will have it in a moment, and a hint for each of them would double what is too much already.
   *
   * @return whether nobody was let go without one
   */
  boolean keepForSlow(Turn turn) {
    boolean all = true;
    for (int i = 0; i < replicas.size(); i++) {
      if (isOpen(i)) {
        boolean isSlow = turn.isSlow((asked & bit(i)) == 0 ? replicas.nodes().get(i) : standIns.latest(i));
        all &= isSlow;
        if (isSlow) {
          keep(i, turn);
        }
      }
    }
    return all;
  }

  /** Whether neither the replica nor anybody for it has it yet, and not this node either. */
  private boolean isOpen(int place) {
    return ((acknowledged | kept | own) & bit(place)) == 0;
  }

  private void onAcknowledged(int place) {
    acknowledged |= bit(place);
    int counted = place(place);
    if (counted >= 0) {
      quorum.onSuccess(counted);
    }
  }

  private void onLost(int place, Turn turn) {
    lost |= bit(place);
    standInOnce(place, turn);
    failUnlessStoodIn(place);
  }

  private void standInOnce(int place, Turn turn) {
    if (((kept | asked | own) & bit(place)) == 0) {
      standIn(place, turn);
    }
  }

  private void standIn(int place, Turn turn) {
    if (standIns == null) {
      standIns = StandIns.ofWrite(key, replicas);
    }
    var node = standIns.take(place, turn);
    if (node == null) {
      keep(place, turn);
      failUnlessStoodIn(place);
    } else {
      asked |= bit(place);
      turn.ask(by, node, new HintStep.Keep(replicas.nodes().get(place), key, record));
    }
  }

  private void keep(int place, Turn turn) {
    own |= bit(place);
    openOwn++;
    turn.ask(by, turn.self(), new HintStep.Keep(replicas.nodes().get(place), key, record));
  }

  private void failUnlessStoodIn(int place) {
    int counted = place(place);
    boolean stoodIn = countsHints && ((kept | asked) & bit(place)) != 0;
    if (counted >= 0 && (lost & bit(place)) != 0 && !stoodIn) {
      quorum.onFailure(counted);
    }
  }

  /** Among those who count; -1 for the others. */
  private int place(int place) {
    return counting == replicas ? place : counting.indexOf(replicas.nodes().get(place));
  }

  private static long bit(int place) {
    return 1L << place;
  }
}
