package dev.torc.engine;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** Keeps the tables open while somebody uses them: many are inside at a time, or one alone who opens and closes them. */
final class Gate {
  /** What is done to tables that nobody uses meanwhile. */
  interface Change {
    void make() throws IOException, RocksDBException;
  }

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  void enter() {
    lock.readLock().lock();
  }

  /** False if that would have to wait. */
  boolean tryEnter() {
    return lock.readLock().tryLock();
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Waits until nobody is inside. @param onFailed told, still alone, if the change failed */
  void alone(Change change, Consumer<Exception> onFailed) {
    lock.writeLock().lock();
    try {
      change.make();
    } catch (IOException | RocksDBException failed) {
      onFailed.accept(failed);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
