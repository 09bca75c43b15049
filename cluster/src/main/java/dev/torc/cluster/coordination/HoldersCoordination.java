package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;

/**
 * Which replicas hold a write. All that can be reached are asked; one that does not hold it is sent the record of one that does, and asked again. It ends when
 * enough do, or all, or the time is up; until then it asks again every so often, first soon and then less often. Who has said yes once is not asked again.
 *
 * <p>This node counts apart, since the client wants to know of others. Where it is no replica, one of those that hold the write stands for it.
 */
final class HoldersCoordination extends Coordination {
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 320;

  private final Request.Confirm.Made write;
  private final Request.Confirm confirm;
  private PreferenceList replicas;
  private long waitMillis = FIRST_WAIT_MILLIS;
  /** Replicas by their place: those that hold it, those that said that they do not, and those that have something to answer. */
  private long holders;
  private long lacking;
  private long asked;
  private int self;

  HoldersCoordination(Request.Confirm.Made write, Request.Confirm confirm, Sink sink) {
    super(sink, confirm.timeoutMillis());
    this.write = write;
    this.confirm = confirm;
  }

  @Override
  void start(Turn turn) {
    replicas = turn.ring().preferenceList(write.key().slot(), write.replicas());
    self = replicas.indexOf(turn.self());
    askAll(turn);
    turn.wakeAfter(this, waitMillis);
  }

  @Override
  void onWake(Turn turn) {
    waitMillis = Math.min(LONGEST_WAIT_MILLIS, 2 * waitMillis);
    askAll(turn);
    if (!concludeIfEnough(turn)) {
      turn.wakeAfter(this, waitMillis);
    }
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    int place = replicas.indexOf(replica);
    asked &= ~(1L << place);
    if (answer instanceof StoreAnswer.Confirmed confirmed) {
      onConfirmed(place, confirmed.holds(), turn);
    } else if (answer.told() instanceof StoreAnswer.Held held) {
      onRecord(held.record(), turn);
    } else if (answer instanceof StoreAnswer.Merged) {
      askWhether(place, turn);
    }
    concludeIfEnough(turn);
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    asked &= ~(1L << replicas.indexOf(replica));
    concludeIfEnough(turn);
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(false, turn);
  }

  private void askAll(Turn turn) {
    for (int i = 0; i < replicas.size(); i++) {
      if (!has(holders, i) && !has(asked, i) && turn.isLive(replicas.nodes().get(i))) {
        askWhether(i, turn);
      }
    }
  }

  private void askWhether(int place, Turn turn) {
    ask(place, new StoreStep.Confirm(write.key(), write.version(), confirm.synced()), turn);
  }

  private void ask(int place, StoreStep step, Turn turn) {
    asked |= 1L << place;
    turn.ask(this, replicas.nodes().get(place), step);
  }

  private void onConfirmed(int place, boolean holds, Turn turn) {
    if (holds) {
      holders |= 1L << place;
      lacking &= ~holders;
    } else {
      lacking |= 1L << place;
    }
    int source = Long.numberOfTrailingZeros(holders);
    if (lacking != 0 && holders != 0 && !has(asked, source)) {
      ask(source, new StoreStep.Fetch(write.key(), StoreStep.Fetch.NO_LIMIT), turn);
    }
  }

  private void onRecord(StoredRecord record, Turn turn) {
    for (int i = 0; i < replicas.size(); i++) {
      if (has(lacking, i) && !has(asked, i) && turn.isLive(replicas.nodes().get(i))) {
        ask(i, new StoreStep.Merge(write.key(), record), turn);
      }
    }
    lacking = 0;
  }

  /** What nobody asked for is told as far as it comes at once. */
  private boolean concludeIfEnough(Turn turn) {
    int wanted = Math.min(confirm.replicas(), replicas.size() - 1);
    boolean enough = others() >= wanted && (isSelf() || !confirm.withSelf());
    boolean told = wanted > 0 || asked == 0 || waitMillis > FIRST_WAIT_MILLIS;
    if (enough && told) {
      conclude(true, turn);
      return true;
    }
    return false;
  }

  private int others() {
    int all = Long.bitCount(holders);
    return self < 0 ? Math.max(0, all - 1) : all - (has(holders, self) ? 1 : 0);
  }

  private boolean isSelf() { return self < 0 ? holders != 0 : has(holders, self); }

  private void conclude(boolean isAll, Turn turn) {
    turn.reply(this, new Outcome.Confirmed(others(), isSelf(), isAll));
    turn.end(this);
  }

  private static boolean has(long places, int place) {
    return (places & 1L << place) != 0;
  }
}
