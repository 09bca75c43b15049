package dev.torc.engine;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.HintCodec;
import dev.torc.cluster.wire.MalformedException;
import dev.torc.cluster.wire.RecordCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A shard's part in taking over what can be read of a database that was set aside: slot after slot, a piece at a time, between batches. Records are merged as if another replica had told
 * them; what is remembered as an acceptor, and hints, are added to what there is by now. When nothing more can be read of a slot it is whole again in what was whole, and the
 * rest of it is asked of the others. Until then it is not whole, so that nothing is reaped of it that the old database would bring back.
 *
 * <p>After the database was opened again, the slot at hand is begun again: what was not synced may be gone.
 */
final class SalvageRun {
  private final Database database;
  private final RocksReplicaStore store;
  private final StepRun run;
  private final int shard;
  private final int shards;
  private final ArrayDeque<TornRange> ranges = new ArrayDeque<>();
  private int slot = Slot.COUNT;
  private int opening = -1;
  private boolean lacksRecords;
  private boolean lacksPromises;
  private boolean isTorn;
  /** Some of whose hints could not be read. */
  private final TreeSet<NodeId> missed = new TreeSet<>();

  SalvageRun(Database database, RocksReplicaStore store, StepRun run, int shard, int shards) {
    this.database = database;
    this.store = store;
    this.run = run;
    this.shard = shard;
    this.shards = shards;
  }

  /** A bounded piece of the work, so many entries about; false when there is nothing to do, or nothing that can be done now. Within the gate. */
  boolean onTurn(Tables tables, int looks) {
    var salvage = database.salvage();
    if (salvage == null || salvage.tables() == null || database.refusal() != null) {
      return false;
    }
    try {
      return goOn(tables, salvage, looks);
    } catch (RocksDBException notNow) {
      opening = -1;
      return false;
    } finally {
      run.clear();
    }
  }

  private boolean goOn(Tables tables, Salvage salvage, int looks) throws RocksDBException {
    if (opening != database.opening()) {
      opening = database.opening();
      seek(shard, salvage);
    }
    int left = looks;
    while (slot < Slot.COUNT && left > 0) {
      left -= 1 + readOn(tables, salvage, left);
      if (ranges.isEmpty()) {
        end(tables, salvage);
        seek(slot + shards, salvage);
      }
    }
    return slot < Slot.COUNT;
  }

  /** To the first slot from there on that waits. */
  private void seek(int from, Salvage salvage) {
    slot = from;
    while (slot < Slot.COUNT && !database.book().awaitsSalvage(slot)) {
      slot += shards;
    }
    ranges.clear();
    if (slot < Slot.COUNT) {
      begin(salvage);
    }
  }

  private void begin(Salvage salvage) {
    ranges.add(new TornRange(Table.RECORDS, new byte[0], slot));
    ranges.add(new TornRange(Table.ACCEPTORS, new byte[0], slot));
    for (var owner : salvage.owners()) {
      ranges.add(new TornRange(Table.HINTS, HintKey.of(owner), slot));
    }
    var was = salvage.book().wholeness(slot);
    lacksRecords = !salvage.isTrusted() || was.lacksRecords();
    lacksPromises = !salvage.isTrusted() || was.lacksPromises();
    isTorn = false;
    missed.clear();
  }

  /** How many entries it has read. */
  private int readOn(Tables tables, Salvage salvage, int limit) throws RocksDBException {
    var range = ranges.getFirst();
    var entries = range.read(salvage.tables(), limit);
    switch (range.table()) {
      case RECORDS -> takeRecords(range, entries, salvage);
      case ACCEPTORS -> takeAcceptors(range, entries, tables);
      case HINTS -> takeHints(range, entries, tables);
      case EXPIRY, META, HINT_AGES, LEFTOVERS ->
        throw new IllegalStateException("not to be salvaged: " + range.table());
    }
    if (range.isDone()) {
      isTorn |= range.isTorn();
      lacksRecords |= range.isTorn() && range.table() == Table.RECORDS;
      lacksPromises |= range.isTorn() && range.table() == Table.ACCEPTORS;
      if (range.isTorn() && range.table() == Table.HINTS) {
        missed.add(HintKey.owner(range.prefix()));
      }
      ranges.removeFirst();
    }
    return entries.size();
  }

  private void takeRecords(TornRange range, List<TornRange.Entry> entries, Salvage salvage) throws RocksDBException {
    var merges = new ArrayList<StoreStep>(entries.size());
    for (var entry : entries) {
      try {
        merges.add(new StoreStep.Merge(DiskKey.parse(entry.key(), 0), RecordCodec.decode(entry.value())));
      } catch (MalformedException damaged) {
        range.onTorn();
      }
    }
    for (var answer : store.perform(merges, database.now())) {
      if (!(answer.told() instanceof StoreAnswer.Merged)) {
        throw new RocksDBException("a record cannot be taken over: " + answer);
      }
    }
    salvage.onRecords(merges.size());
  }

  private void takeAcceptors(TornRange range, List<TornRange.Entry> entries, Tables tables) throws RocksDBException {
    for (var entry : entries) {
      try {
        run.add(DiskKey.parse(entry.key(), 0), AcceptorCodec.decode(entry.value()), tables);
      } catch (MalformedException damaged) {
        range.onTorn();
      }
    }
  }

  private void takeHints(TornRange range, List<TornRange.Entry> entries, Tables tables) throws RocksDBException {
    for (var entry : entries) {
      try {
        run.add(HintKey.owner(entry.key()), HintKey.key(entry.key()), HintCodec.decode(entry.value()), tables);
      } catch (MalformedException damaged) {
        range.onTorn();
      }
    }
  }

  /** All that could be read of the slot is in the tables: what it lacks now the others have. Whose hints are lost has missed something, and is told so as after any hint that was let go. */
  private void end(Tables tables, Salvage salvage) throws RocksDBException {
    var book = database.book();
    var floor = Ballot.max(book.floor(slot), salvage.book().floor(slot));
    var wholeness = lacksRecords || lacksPromises
        ? new Wholeness(book.wholeness(slot).since(), lacksRecords, lacksPromises)
        : Wholeness.WHOLE;
    try (var batch = new WriteBatch()) {
      if (!floor.isNone()) {
        SlotBook.writeFloor(tables, batch, slot, floor);
      }
      SlotBook.write(tables, batch, slot, wholeness);
      for (var owner : missed) {
        tables.put(batch, Table.META, HintTally.key(shard, owner), tally(tables, owner).toBytes());
      }
      database.write(tables, batch, false);
    }
    missed.forEach(owner -> tables.hints().put(shard, owner, tally(tables, owner)));
    book.onFloor(slot, floor);
    book.onWholeness(slot, wholeness);
    if (isTorn) {
      salvage.onTorn(!missed.isEmpty());
    }
  }

  private HintTally.Part tally(Tables tables, NodeId owner) {
    return tables.hints().part(shard, owner).plus(0, 0, database.now().wallMillis());
  }
}
