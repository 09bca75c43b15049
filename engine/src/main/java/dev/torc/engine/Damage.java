package dev.torc.engine;

import dev.torc.cluster.wire.MalformedException;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the disk does not give back as it was written. Whoever reads tells it here, whatever he read and for whom; the first of it is an operator's line, at once, and
 * the disk's own thread sees to it ({@link Database#onSecond}). A disk that gives nothing back, an I/O error, is no damage: that may be over in a moment.
 */
final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private final LongAdder found = new LongAdder();
  private volatile String line;

  /** A block whose checksum is wrong, or a value that is none although its block is right. */
  static boolean isOne(Exception cause) {
    return cause instanceof MalformedException || cause instanceof RocksDBException refused
        && refused.getStatus() != null && refused.getStatus().getCode() == Status.Code.Corruption;
  }

  /**
   * By any thread, within the gate.
   *
   * @param what was to be read, such as "a record of slot 5"
   * @return whether it is damage, and so is said already
   */
  boolean note(String what, Exception cause) {
    if (!isOne(cause)) {
      return false;
    }
    found.increment();
    var told = what + " is damaged on the disk: " + Database.line(cause);
    if (isFound()) {
      LOG.debug(told);
    } else {
      line = told;
      LOG.error("{}; reads of it are left to the other replicas", told);
    }
    return true;
  }

  /** There is some that nothing has been done about. */
  boolean isFound() { return line != null; }

  /** What was found first of it; null when nothing is. */
  String line() {
    return line;
  }

  /** Of the database that is damaged nothing more is read. */
  void onSetAside() {
    line = null;
  }

  /** Reads that met some, since the start of the process. */
  long count() {
    return found.sum();
  }
}
