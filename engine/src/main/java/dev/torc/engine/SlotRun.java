package dev.torc.engine;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.SlotStep.OnSlot;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.MalformedException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** Runs of steps on slots: performed in order, committed as one batch, and only then true in memory. */
final class SlotRun {
  private final Database database;
  private final TreeMap<Integer, Ballot> raised = new TreeMap<>();
  private final TreeMap<Integer, Wholeness> completed = new TreeMap<>();
  /** Of a run that asks for them, one for all its slots: to begin one takes longer than to read a slot, and requests wait meanwhile. */
  private RocksIterator states;

  SlotRun(Database database) {
    this.database = database;
  }

  /** Performs the steps on slots that come next, one at least. */
  void perform(List<StoreStep> steps, Tables tables, List<StoreAnswer> answers) {
    int from = answers.size();
    raised.clear();
    completed.clear();
    boolean synced = false;
    try (var batch = new WriteBatch()) {
      while (answers.size() < steps.size() && steps.get(answers.size()) instanceof OnSlot step) {
        answers.add(perform(step, tables, batch));
        synced |= step.isSynced();
      }
      if (batch.count() > 0) {
        database.write(tables, batch, synced);
      }
      raised.forEach(database.book()::onFloor);
      completed.forEach(database.book()::onWholeness);
    } catch (RocksDBException | MalformedException cause) {
      database.damage().note("what is known of slots", cause);
      // The step that failed has no answer yet, and is not tried again.
      int failed = Math.max(answers.size() - from, 1);
      answers.subList(from, answers.size()).clear();
      answers.addAll(Collections.nCopies(failed, new Failed(Cause.COMMIT, Database.line(cause))));
    } finally {
      closeStates();
    }
  }

  private StoreAnswer perform(OnSlot step, Tables tables, WriteBatch batch)
      throws RocksDBException {
    var refusal = database.refusal();
    if (refusal != null) {
      return new Failed(Cause.DISK, refusal);
    }
    return switch (step) {
      case SlotStep.Raise raise -> {
        var answer = raise.judge(greatest(raise.slot(), tables),
            database.book().believed(raise.slot(), database.incarnation().era()));
        if (answer.told() instanceof AcceptorAnswer.Accepted) {
          SlotBook.writeFloor(tables, batch, raise.slot(), raise.ballot());
          raised.put(raise.slot(), raise.ballot());
        }
        yield answer;
      }
      case SlotStep.RaiseAtLeast raise -> {
        var floor = Ballot.max(database.book().floor(raise.slot()), raised.getOrDefault(raise.slot(), Ballot.NONE));
        if (floor.isBelow(raise.ballot())) {
          SlotBook.writeFloor(tables, batch, raise.slot(), raise.ballot());
          raised.put(raise.slot(), raise.ballot());
        }
        yield new AcceptorAnswer.Accepted();
      }
      case SlotStep.Complete complete -> {
        var now = completed.getOrDefault(complete.slot(), database.book().wholeness(complete.slot()));
        var then = database.book().awaitsSalvage(complete.slot()) ? Optional.<Wholeness>empty() : complete.apply(now);
        if (then.isPresent()) {
          SlotBook.write(tables, batch, complete.slot(), then.get());
          completed.put(complete.slot(), then.get());
        }
        yield then.isPresent() ? new AcceptorAnswer.Accepted() : new AcceptorAnswer.Stale();
      }
    };
  }

  /** That was promised or accepted for any key of the slot. */
  private Ballot greatest(int slot, Tables tables) throws RocksDBException {
    var greatest = Ballot.max(database.book().floor(slot), raised.getOrDefault(slot, Ballot.NONE));
    if (states == null) {
      states = tables.iterate(Table.ACCEPTORS);
    }
    states.seek(DiskKey.of(new ScanPoint(slot, 0)));
    for (; states.isValid() && DiskKey.slot(states.key(), 0) == slot; states.next()) {
      greatest = Ballot.max(greatest, AcceptorCodec.floor(states.value()));
    }
    states.status();
    return greatest;
  }

  private void closeStates() {
    if (states != null) {
      states.close();
      states = null;
    }
  }
}
