package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.wire.AcceptorCodec;
import dev.torc.cluster.wire.RecordCodec;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** One atomic write: the records, the acceptors' states and the hints that changed, and all that must change with them. */
final class ShardCommit {
  /** A batch that grew larger keeps its native memory, so it is let go. */
  private static final long KEPT_BYTES = 1 << 20;

  private final Database database;
  private final Actors actors;
  private final ClockLease lease;
  private final ExpiryIndex expiry;
  private final HintCommit hints;
  private final HotRecords hot;
  private WriteBatch batch;

  /** @param hot in which the acceptors of a key are that had them a moment ago */
  ShardCommit(Database database, Actors actors, ClockLease lease, ExpiryIndex expiry, HintCommit hints,
      HotRecords hot) {
    this.database = database;
    this.hot = hot;
    this.actors = actors;
    this.lease = lease;
    this.expiry = expiry;
    this.hints = hints;
  }

  /** @param synced on disk, with all that was written before, however the engine is set */
  void write(Tables tables, List<Held> touched, List<HeldAcceptor> acceptors, List<HeldHint> kept,
      List<ExpiryIndex.Due> done, boolean synced) throws RocksDBException {
    if (batch == null) {
      batch = new WriteBatch();
    }
    try {
      for (int i = 0; i < touched.size(); i++) {
        if (touched.get(i).isChanged()) {
          put(tables, touched.get(i));
        }
      }
      for (int i = 0; i < acceptors.size(); i++) {
        put(tables, acceptors.get(i));
      }
      hints.write(tables, batch, kept);
      for (var due : done) {
        tables.delete(batch, Table.EXPIRY, due.entry());
      }
      actors.write(tables, batch, database.incarnation().era());
      lease.write(tables, batch);
      database.write(tables, batch, synced);
    } catch (RocksDBException cause) {
      forget();
      actors.forget();
      throw cause;
    } finally {
      recycle();
    }
    actors.onWritten();
    lease.onWritten();
    hints.onWritten(tables);
  }

  void forget() {
    lease.forget();
  }

  void close() {
    if (batch != null) {
      batch.close();
      batch = null;
    }
  }

  private void put(Tables tables, Held held) throws RocksDBException {
    var key = DiskKey.of(held.key);
    Leftovers.write(tables, batch, held, key, hot.acceptors().find(held.key) != null);
    if (held.now.isEmpty()) {
      tables.delete(batch, Table.RECORDS, key);
      return;
    }
    tables.put(batch, Table.RECORDS, key, RecordCodec.encode(held.now));
    expiry.write(tables, batch, held.key, key, held.now);
  }

  private void put(Tables tables, HeldAcceptor held) throws RocksDBException {
    if (!held.isChanged()) {
      return;
    }
    var key = DiskKey.of(held.key);
    Leftovers.write(tables, batch, held, held.record.now, key);
    if (held.now == AcceptorState.EMPTY) {
      tables.delete(batch, Table.ACCEPTORS, key);
    } else {
      tables.put(batch, Table.ACCEPTORS, key, AcceptorCodec.encode(held.now));
    }
  }

  private void recycle() {
    if (batch.getDataSize() > KEPT_BYTES) {
      close();
    } else {
      batch.clear();
    }
  }
}
