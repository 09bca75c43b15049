package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.Intents;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.TreeMap;

/**
 * Keys on which this node, as an acceptor or a proposer, has seen an operation on several keys begin and not end. If it is still there when its time is over,
 * its coordinator may have died in the middle, and this node brings it to an end. In memory only, and no more than {@value #MOST} of them: whatever is forgotten
 * here, the next strong operation on the key brings to an end.
 */
final class IntentWatch {
  static final int MOST = 10_000;
  private static final int MOST_TRIES = 8;

  private record Watched(Intent intent, int replicas, int tries, long atSteadyMillis) {}

  private final TreeMap<Key, Watched> watched = new TreeMap<>();
  private long earliest = Long.MAX_VALUE;

  /** A value with these intents is on its way into the key's acceptors. @param replicas N of the key */
  void onAccept(Key key, int replicas, Intents intents, Turn turn) {
    if (intents.isNone()) {
      if (!watched.isEmpty()) {
        watched.remove(key);
      }
      return;
    }
    var intent = intents.intent()
        .orElseGet(() -> new Intent(intents.commits().getFirst().transaction(), key.bytes(), Long.MAX_VALUE));
    var before = watched.get(key);
    boolean isKnown = before != null && before.intent.isOf(intent.transaction());
    if (!isKnown && (before != null || watched.size() < MOST)) {
      long left = intent.deadlineMillis() - turn.now().wallMillis();
      long wait = Math.clamp(left, 0, turn.config().timeoutMillis());
      put(key, new Watched(intent, replicas, 0, turn.now().steadyMillis() + wait + jitter(turn)));
    }
  }

  /** Nothing of it is left at the key. */
  void onSettled(Key key, Intent intent) {
    var before = watched.get(key);
    if (before != null && before.intent.isOf(intent.transaction())) {
      watched.remove(key);
    }
  }

  /** Opens what is due; again later if that did not bring it to an end. */
  void wake(Turn turn) {
    if (turn.now().steadyMillis() < earliest) {
      return;
    }
    earliest = Long.MAX_VALUE;
    for (var key : List.copyOf(watched.keySet())) {
      var it = watched.get(key);
      if (it != null && it.atSteadyMillis > turn.now().steadyMillis()) {
        earliest = Math.min(earliest, it.atSteadyMillis);
      } else if (it != null) {
        settle(key, it, turn);
      }
    }
  }

  private void settle(Key key, Watched it, Turn turn) {
    boolean isReplica = turn.ring().preferenceList(key.slot(), it.replicas).contains(turn.self());
    if (it.tries == MOST_TRIES || !isReplica) {
      watched.remove(key);
      return;
    }
    long next = turn.now().steadyMillis() + 2 * turn.config().timeoutMillis() + jitter(turn);
    put(key, new Watched(it.intent, it.replicas, it.tries + 1, next));
    turn.open(new SettleCoordination(key, it.intent, true, new Terms(Level.STRONG, it.replicas, 0), new Sink.Nobody()));
  }

  private void put(Key key, Watched it) {
    watched.put(key, it);
    earliest = Math.min(earliest, it.atSteadyMillis);
  }

  /** So that the replicas of a key do not all begin at once. */
  private static long jitter(Turn turn) {
    return turn.proposer().jitter(turn.config().timeoutMillis() / 2);
  }
}
