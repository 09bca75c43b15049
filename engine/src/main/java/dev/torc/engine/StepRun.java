package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StepContext;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.StoreStep.OnKey;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Runs of steps that each concern one key, records, acceptors' states and hints mixed: all that they touch is read first, then the steps are applied in order, then
 * what changed is committed as one batch, and only then are the answers worth anything.
 *
 * <p>The commit is synced if any step in the run must not be answered before: then all the run's steps wait for the one sync, and all that was written
 * before is on disk with it, since there is one log.
 */
final class StepRun {
  private final Database database;
  private final StepContext context;
  private final SlotRebuild slots;
  private final ShardCommit commit;
  private final WorkingSet records;
  private final WorkingAcceptors acceptors;
  private final WorkingHints hints;
  private Held[] heldOf = new Held[64];
  private boolean changed;
  private boolean synced;

  StepRun(Database database, StepContext context, HotRecords hot, SlotRebuild slots, ShardCommit commit,
      StoreMeters meters) {
    this.database = database;
    this.context = context;
    this.slots = slots;
    this.commit = commit;
    this.records = new WorkingSet(hot, meters, database.damage());
    this.acceptors = new WorkingAcceptors(hot, meters, database.damage());
    this.hints = new WorkingHints(meters, database.damage());
  }

  /** Where the run of steps on keys that begins at {@code from} ends. */
  static int end(List<StoreStep> steps, int from) {
    int end = from;
    while (end < steps.size() && isOnKey(steps.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOnKey(StoreStep step) {
    return step instanceof OnKey || step instanceof AcceptorStep || step instanceof ReapStep
        || step instanceof HintStep.OnKey;
  }

  /** The records at hand, for what is no step. */
  WorkingSet records() {
    return records;
  }

  void clear() {
    records.clear();
    acceptors.clear();
    hints.clear();
    changed = false;
    synced = false;
  }

  /** Performs as much of the run as could be read, at least one step. */
  void perform(List<StoreStep> steps, int from, int last, Tables tables, List<StoreAnswer> answers, Cause refused) {
    gather(steps, from, last);
    records.read(tables);
    acceptors.read(tables);
    hints.read(tables, steps.get(from) instanceof HintStep.OnKey first ? first : null);
    var refusal = database.refusal();
    int end = from;
    while (end < last && isRead(steps.get(end), heldOf[end - from])) {
      answers.add(apply(steps.get(end), heldOf[end - from], refusal, refused));
      end++;
    }
    if (isDurable(tables)) {
      records.keepHot();
      acceptors.keepHot();
      return;
    }
    answers.subList(from, end).clear();
    while (answers.size() < end) {
      perform(steps, answers.size(), end, tables, answers, Cause.COMMIT);
    }
  }

  /** False if the write failed: then writes are refused from now on, and nothing of the run is in memory any more. */
  boolean commit(Tables tables, List<ExpiryIndex.Due> done) {
    try {
      commit.write(tables, records.all(), acceptors.all(), hints.all(), done, synced);
    } catch (RocksDBException refused) {
      dropHot();
      return false;
    }
    for (var held : records.all()) {
      if (held.isChanged()) {
        slots.onChanged(held);
      }
    }
    return true;
  }

  /**
   * Adds what an earlier database remembers of a key as an acceptor.
   *
   * @throws RocksDBException if it cannot be read or written
   */
  void add(Key key, AcceptorState salvaged, Tables tables) throws RocksDBException {
    clear();
    var held = acceptors.gather(records.gather(key));
    records.read(tables);
    acceptors.read(tables);
    require(held.trouble == null && held.record.trouble == null);
    var now = held.now;
    var accepted = now.accepted().isBelow(salvaged.accepted()) ? salvaged : now;
    var both = new AcceptorState(Ballot.max(now.promised(), salvaged.promised()), accepted.accepted(), accepted.value(),
        accepted.results(), now.era());
    held.now = both.equals(now) ? now : both;
    require(commit(tables, List.of()));
    acceptors.dropHot();
  }

  /** The same for a hint: nobody stamps in it any more as who did. */
  void add(NodeId owner, Key key, Hint salvaged, Tables tables) throws RocksDBException {
    clear();
    var held = hints.gather(owner, key);
    hints.read(tables, null);
    require(held.trouble == null);
    var now = held.now;
    var both = now.isNone()
        ? new Hint(salvaged.sinceMillis(), salvaged.lastMillis(), Hint.NO_ACTOR, 0, salvaged.record())
        : new Hint(Math.min(now.sinceMillis(), salvaged.sinceMillis()),
            Math.max(now.lastMillis(), salvaged.lastMillis()), now.actor(), now.era(),
            now.record().merge(salvaged.record()));
    held.now = both.equals(now) ? now : both;
    require(commit(tables, List.of()));
  }

  private static void require(boolean isDone) throws RocksDBException {
    if (!isDone) {
      throw new RocksDBException("what was salvaged cannot be taken over");
    }
  }

  private void gather(List<StoreStep> steps, int from, int last) {
    clear();
    if (heldOf.length < last - from) {
      heldOf = new Held[last - from];
    }
    for (int i = from; i < last; i++) {
      heldOf[i - from] = null;
      if (steps.get(i) instanceof HintStep.OnKey step) {
        hints.gather(step);
        continue;
      }
      var held = records.gather(keyOf(steps.get(i)));
      heldOf[i - from] = held;
      if (!(steps.get(i) instanceof OnKey)) {
        acceptors.gather(held);
      }
    }
  }

  private static Key keyOf(StoreStep step) {
    if (step instanceof OnKey onKey) {
      return onKey.key();
    }
    return step instanceof ReapStep reap ? reap.key() : ((AcceptorStep) step).key();
  }

  private boolean isRead(StoreStep step, Held held) {
    if (step instanceof HintStep.OnKey onHints) {
      return hints.isRead(onHints);
    }
    return held.isRead() && (step instanceof OnKey || acceptors.gather(held).isRead());
  }

  private StoreAnswer apply(StoreStep step, Held held, String refusal, Cause refused) {
    if (step instanceof HintStep.OnKey onHints) {
      return judge(onHints, refusal, refused);
    }
    if (held.trouble != null) {
      return new Failed(Cause.DISK, held.trouble);
    }
    if (step instanceof OnKey onKey) {
      if (refusal != null && !onKey.isReadOnly()) {
        return new Failed(refused, refusal);
      }
      var applied = onKey.apply(held.now, context);
      held.now = applied.record();
      changed |= held.isChanged();
      synced |= onKey.isSynced();
      return applied.answer();
    }
    return step instanceof ReapStep reap
        ? judge(reap, held, refusal, refused)
        : judge((AcceptorStep) step, held, refusal, refused);
  }

  private StoreAnswer judge(ReapStep step, Held held, String refusal, Cause refused) {
    var acceptor = acceptors.gather(held);
    if (acceptor.trouble != null) {
      return new Failed(Cause.DISK, acceptor.trouble);
    }
    if (refusal != null) {
      return new Failed(refused, refusal);
    }
    var judged = step.apply(held.now, acceptor.now, context);
    held.now = judged.record();
    acceptor.now = judged.state();
    changed |= held.isChanged() || acceptor.isChanged();
    synced |= step.isSynced();
    return judged.answer();
  }

  /** What an acceptor remembers was synced when it changed, so a step that changes nothing waits for nothing. */
  private StoreAnswer judge(AcceptorStep step, Held held, String refusal, Cause refused) {
    var acceptor = acceptors.gather(held);
    if (acceptor.trouble != null) {
      return new Failed(Cause.DISK, acceptor.trouble);
    }
    if (refusal != null && step.isSynced()) {
      return new Failed(refused, refusal);
    }
    var judged = step.apply(held.now, acceptor.now, context);
    if (judged.state() != acceptor.now) {
      acceptor.now = judged.state();
      changed = true;
      synced |= step.isSynced();
    }
    return judged.answer();
  }

  private StoreAnswer judge(HintStep.OnKey step, String refusal, Cause refused) {
    var held = hints.held(step);
    var current = new ArrayList<Hint>(held.size());
    for (var each : held) {
      if (each.trouble != null) {
        return new Failed(Cause.DISK, each.trouble);
      }
      current.add(each.now);
    }
    if (refusal != null && !step.isReadOnly()) {
      return new Failed(refused, refusal);
    }
    var judged = step.apply(current, context);
    for (int i = 0; i < held.size(); i++) {
      held.get(i).now = judged.hints().get(i);
      changed |= held.get(i).isChanged();
    }
    if (step instanceof HintStep.Drop drop && drop.why().isMissed() && held.getFirst().isChanged()
        && held.getFirst().now.isNone()) {
      held.getFirst().missedMillis = context.now().wallMillis();
    }
    return judged.answer();
  }

  private boolean isDurable(Tables tables) {
    if (changed) {
      return commit(tables, List.of());
    }
    if (synced && !database.sync()) {
      dropHot();
      return false;
    }
    return true;
  }

  private void dropHot() {
    records.dropHot();
    acceptors.dropHot();
  }
}
