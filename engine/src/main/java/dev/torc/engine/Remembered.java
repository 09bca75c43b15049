package dev.torc.engine;

import java.io.IOException;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** What the node must remember under a name: in the database, and a second time beside it ({@link Keepsakes}). */
final class Remembered {
  private final Database database;
  private final Keepsakes keepsakes;

  Remembered(Database database) {
    this.database = database;
    this.keepsakes = new Keepsakes(database.config().directory());
  }

  /** Reads the disk. */
  Optional<byte[]> load(String name) {
    var open = database.enter();
    try {
      var found = open == null ? null : open.meta(MetaKey.blob(name));
      return found != null ? Optional.of(found) : keepsakes.read(name);
    } catch (IOException | RocksDBException cause) {
      database.damage().note("what was kept of " + name, cause);
      throw new EngineException("what was kept of " + name + " cannot be read: " + Database.line(cause), cause);
    } finally {
      database.leave();
    }
  }

  /** On disk when this returns. */
  void save(String name, byte[] value) {
    var open = database.enter();
    try {
      if (open == null || database.state() == DiskState.FAILED) {
        throw new EngineException(String.valueOf(database.refusal()));
      }
      open.putMeta(MetaKey.blob(name), value);
      keepsakes.write(name, value);
    } catch (RocksDBException cause) {
      database.fail(cause);
      throw unwritable(cause);
    } catch (IOException cause) {
      throw unwritable(cause);
    } finally {
      database.leave();
    }
  }

  private static EngineException unwritable(Exception cause) {
    return new EngineException("the disk cannot be written: " + Database.line(cause), cause);
  }
}
