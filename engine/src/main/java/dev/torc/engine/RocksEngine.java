package dev.torc.engine;

import dev.torc.cluster.policy.ReplicaCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import dev.torc.cluster.storage.SlotStates;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's storage: one RocksDB in the data directory, its shards' threads, and one more thread that once a second syncs what was written, looks at
 * the disk, and opens the database again after it failed.
 */
public final class RocksEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RocksEngine.class);

  private static final List<SlotRange> EVERY_SLOT = List.of(new SlotRange(0, Slot.COUNT - 1));

  private final DirectoryLock lock;
  private final Database database;
  private final StoreMeters meters = new StoreMeters();
  private final List<StorageShard> shards;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread upkeep;

  private RocksEngine(DirectoryLock lock, Database database, EngineHost host) {
    this.lock = lock;
    this.database = database;
    var config = database.config();
    var opened = new ArrayList<StorageShard>();
    for (int number = 0; number < config.shards(); number++) {
      var store = new RocksReplicaStore(database, number, host.actorIds(), meters);
      opened.add(new StorageShard(number, store, host, config));
    }
    this.shards = List.copyOf(opened);
    this.upkeep = new Thread(() -> keepUp(host), "torc-disk");
  }

  /**
   * Takes the data directory and starts the threads.
   *
   * @throws DirectoryInUseException if another process has the directory
   * @throws EngineException if the database cannot be opened
   */
  public static RocksEngine open(EngineConfig config, EngineHost host) {
    var lock = DirectoryLock.take(config.directory());
    try {
      var engine = new RocksEngine(lock, Database.open(config, host), host);
      engine.shards.forEach(StorageShard::start);
      engine.upkeep.start();
      return engine;
    } catch (RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  /**
   * Puts the database of a data directory out of the way, under another name; nothing is deleted. The next {@link #open} begins with an empty one, takes over what can be read of
   * the other, and the replica fetches all that it held from the others.
   *
   * @param suffix of the new name, such as the time
   * @throws DirectoryInUseException if a process has the directory
   * @throws EngineException if it cannot be renamed
   */
  public static Path setAside(Path directory, String suffix) {
    var lock = DirectoryLock.take(directory);
    var aside = SetAside.named(suffix, SetAside.UNCERTAIN, directory);
    try {
      if (Files.exists(directory.resolve(Database.TABLES))) {
        aside.take(directory);
      } else {
        ForgottenMark.write(directory, "there was no database to set aside");
      }
      return aside.in(directory);
    } catch (IOException cause) {
      throw new EngineException("the database in " + directory + " cannot be set aside: " + cause, cause);
    } finally {
      lock.close();
    }
  }

  /**
   * Puts the database of an older copy of a data directory out of the way, and has the node go on in a later generation than others know of it. Nothing of that database is ever read
   * again: it is from before what the node has deleted since.
   *
   * @param laterGeneration the latest that anybody knows of
   * @param suffix of the new name, such as the time
   * @throws DirectoryInUseException if a process has the directory
   * @throws EngineException if it cannot be renamed
   */
  public static Path setOlderCopyAside(Path directory, long laterGeneration, String suffix) {
    var lock = DirectoryLock.take(directory);
    try {
      var aside = SetAside.named("older-" + suffix, SetAside.UNCERTAIN, directory);
      aside.takeForGood(directory);
      NodeIdentity.outlive(directory, laterGeneration);
      return aside.in(directory);
    } catch (IOException cause) {
      throw new EngineException("the older copy of a database in " + directory + " cannot be set aside: " + cause,
          cause);
    } finally {
      lock.close();
    }
  }

  /**
   * Puts the database of a node that never was a member out of the way, because its directory is to be that of one that was; nothing of it is read again.
   *
   * @param suffix of the new name, such as the time
   * @throws DirectoryInUseException if a process has the directory
   * @throws EngineException if it cannot be renamed
   */
  public static void setStrangerAside(Path directory, String suffix) {
    var lock = DirectoryLock.take(directory);
    try {
      SetAside.named("stranger-" + suffix, SetAside.UNCERTAIN, directory).takeForGood(directory);
    } catch (IOException cause) {
      throw new EngineException("the database in " + directory + " cannot be set aside: " + cause, cause);
    } finally {
      lock.close();
    }
  }

  /** What {@link #save} kept under the name in a directory that is not open. */
  public static Optional<byte[]> kept(Path directory, String name) {
    try {
      return new Keepsakes(directory).read(name);
    } catch (IOException cause) {
      throw new EngineException("what was kept of " + name + " cannot be read: " + cause, cause);
    }
  }

  /** Number {@code s mod shards} serves slot {@code s}. */
  public List<StorageShard> shards() {
    return shards;
  }

  public StorageShard shardOf(int slot) {
    return shards.get(slot & shards.size() - 1);
  }

  /** Above all HLC readings that any earlier process put into a write; other clocks of this node begin here too. */
  public long clockFloor() {
    return database.incarnation().clockFloor();
  }

  /** How whole this replica is, slot by slot. */
  public SlotStates slots() {
    return database.book();
  }

  /**
   * As long as nobody who must know has said that this database is the latest of its node, new writes are stamped by actors that end with the doubt, since those on disk may have stamped
   * more than it knows of; and as an acceptor, and where deletions are to be forgotten, the replica abstains.
   */
  public void doubt(boolean isInDoubt) {
    database.book().doubt(isInDoubt);
  }

  public boolean isInDoubt() { return database.book().isInDoubt(); }

  /** Called by any thread about once a second, while this node reaches most of the others, or there are none: else it counts as away. */
  public void onContact() {
    database.attendance().onContact();
  }

  /** Why writes are refused at present, in one line; empty while they are taken. */
  public Optional<String> refusal() {
    return Optional.ofNullable(database.refusal());
  }

  /** Keys with a value, expired ones that the sweep has not reached included; empty while they are counted after an unclean stop. */
  public OptionalLong liveKeys() {
    long keys = database.slots().counts().sum(EVERY_SLOT);
    return keys == SlotCounts.UNCOUNTED ? OptionalLong.empty() : OptionalLong.of(keys);
  }

  /** Hashes of all that the shards hold. */
  public Trees trees() {
    return database.slots().forest();
  }

  /** Keys may have another N from now on: then the trees are built anew. */
  public void onReplicaCounts(ReplicaCounts counts) {
    database.slots().forest().partitionBy(counts);
  }

  public EngineFigures figures() {
    return EngineFigures.of(database, meters, shards.stream().mapToInt(StorageShard::queuedSteps).sum());
  }

  /** What {@link #save} kept under the name. Reads the disk. */
  public Optional<byte[]> load(String name) {
    return new Remembered(database).load(name);
  }

  /**
   * Keeps something that the node must remember; it is on disk when this returns. Waits for the disk.
   *
   * @throws EngineException if it cannot be written
   */
  public void save(String name, byte[] value) {
    new Remembered(database).save(name, value);
  }

  /** Performs what waits, then marks a clean stop. */
  @Override
  public void close() {
    try {
      stopping.countDown();
      upkeep.join();
      for (var shard : shards) {
        shard.stop();
      }
      boolean broken = shards.stream().anyMatch(StorageShard::isBroken);
      database.close(broken ? null : shards.stream().mapToLong(StorageShard::clock).toArray());
    } catch (InterruptedException hurried) {
      LOG.warn("interrupted while closing; the next start is one after an unclean stop");
      Thread.currentThread().interrupt();
    } finally {
      lock.close();
    }
  }

  private void keepUp(EngineHost host) {
    try {
      while (!stopping.await(1, TimeUnit.SECONDS)) {
        database.onSecond();
        shards.forEach(StorageShard::readAgain);
      }
    } catch (RuntimeException | InterruptedException broken) {
      LOG.error("the disk's upkeep met what cannot be", broken);
      host.onBroken().accept(broken);
    }
  }
}
