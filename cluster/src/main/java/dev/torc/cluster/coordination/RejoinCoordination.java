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
import java.util.List;

/**
 * This node may have lost acknowledged writes of a key (a power cut took what was not synced), though none of its promises: it fetches the record from the other
 * replicas, merges it into its own, and takes part in strong operations again. Until then it abstains, and the others form their majorities without it.
 *
 * <p>Any acknowledged write was on a majority, and a majority of the <em>others</em> meets each majority in somebody else than this node. But it may be this soon after the loss that a
 * write is acknowledged yet, by what this node said before and by one that had told already; its coordinator's replica held it from the first. So all others must tell here. Where
 * one of them is down, the key waits until the slot has caught up.
 */
final class RejoinCoordination extends Coordination {
  private final Key key;
  private final Epoch epoch;
  private final List<NodeId> others = new ArrayList<>();
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
    answers = new Quorum(others.size(), others.size());
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
      answers.onSuccess(others.indexOf(replica));
      advance(turn);
    } else {
      onFailure(replica, Failure.LOST, turn);
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
