package dev.torc.cluster.coordination;

import dev.torc.cluster.coordination.Quorum.Verdict;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * This node may have lost acknowledged writes of a key (a power cut took what was not synced), though none of its promises: it fetches the record from a majority
 * of the other replicas, merges it into its own, and takes part in strong operations again. Any acknowledged write was on a majority, and a majority of the
 * <em>others</em> meets each majority in somebody else than this node. Until then it abstains, and the others form their majorities without it.
 */
final class RejoinCoordination extends Coordination {
  private final Key key;
  private final Epoch epoch;
  private final List<NodeId> others = new ArrayList<>();
  private final BitSet told = new BitSet();
  private Quorum answers;
  private StoredRecord merged = StoredRecord.EMPTY;
  private boolean isWhole;

  private RejoinCoordination(Key key, Epoch epoch) {
    super(new Sink.Nobody());
    this.key = key;
    this.epoch = epoch;
  }

  /** Unless it is going on already. */
  static void open(Key key, Epoch epoch, Turn turn) {
    if (turn.proposer().beginRejoin(key)) {
      turn.announce(Event.STRONG_REJOIN);
      turn.open(new RejoinCoordination(key, epoch));
    }
  }

  @Override
  void start(Turn turn) {
    for (var replica : turn.ring().preferenceList(key.slot(), epoch.replicas()).nodes()) {
      if (!replica.equals(turn.self())) {
        others.add(replica);
      }
    }
    answers = new Quorum(others.isEmpty() ? 0 : others.size() / 2 + 1, others.size());
    for (int i = 0; i < others.size(); i++) {
      if (turn.isLive(others.get(i))) {
        turn.ask(this, others.get(i), new StoreStep.Fetch(key, StoreStep.Fetch.NO_LIMIT));
      } else {
        answers.onFailure(i);
      }
    }
    advance(turn);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    if (replica.equals(turn.self())) {
      onOwn(answer, turn);
    } else if (answer.told() instanceof StoreAnswer.Held held) {
      merged = merged.merge(held.record());
      onHeld(others.indexOf(replica), answer instanceof StoreAnswer.Partly);
      advance(turn);
    } else {
      onFailure(replica, Failure.LOST, turn);
    }
  }

  /** What one that may have forgotten holds counts only together with what all others hold. */
  private void onHeld(int place, boolean isPart) {
    told.set(place);
    if (!isPart) {
      answers.onSuccess(place);
    }
    if (told.cardinality() == others.size()) {
      answers = new Quorum(0, others.size());
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    if (replica.equals(turn.self())) {
      finish(turn);
    } else {
      answers.onFailure(others.indexOf(replica));
      advance(turn);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    finish(turn);
  }

  private void advance(Turn turn) {
    if (answers.verdict() == Verdict.IMPOSSIBLE) {
      finish(turn);
    } else if (answers.verdict() == Verdict.REACHED && !isWhole) {
      isWhole = true;
      turn.dropCalls(this);
      turn.ask(this, turn.self(), new StoreStep.Merge(key, merged));
    }
  }

  private void onOwn(StoreAnswer answer, Turn turn) {
    if (answer instanceof StoreAnswer.Merged) {
      turn.ask(this, turn.self(), new AcceptorStep.Rejoin(key, epoch));
    } else {
      finish(turn);
    }
  }

  private void finish(Turn turn) {
    turn.proposer().endRejoin(key);
    turn.end(this);
  }
}
