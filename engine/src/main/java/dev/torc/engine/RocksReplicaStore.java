package dev.torc.engine;

import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.StepContext;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.StoreStep.Count;
import dev.torc.cluster.storage.StoreStep.OnKey;
import dev.torc.cluster.storage.StoreStep.Scan;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.TreeStep.Compare;
import dev.torc.cluster.storage.TreeStep.Digests;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port on RocksDB, for the slots of one shard, on one thread. Steps on keys go in runs ({@link StepRun}), each committed as one batch. A scan or a count
 * ends such a run, because it looks at what is committed. Scans and counts answer for the slots of all shards.
 *
 * <p>When the commit fails, the run is done again as what it now is: reads from the disk, and writes of which nobody knows what a restart will
 * bring back.
 */
public final class RocksReplicaStore implements ReplicaStore, StepContext, SlotFindings {
  private static final Logger LOG = LoggerFactory.getLogger(RocksReplicaStore.class);

  private final Database database;
  private final StoreMeters meters;
  private final HybridClock clock;
  private final Actors actors;
  private final HotRecords hot;
  private final StepRun run;
  private final ExpiryIndex expiry;
  private final SlotRebuild slots;
  private final ShardCommit commit;
  private final SlotRun slotRun;
  private final SalvageRun salvaging;
  private final Listings listings;
  private Moment now = new Moment(0, 0);
  private int opening;

  RocksReplicaStore(Database database, int shard, RandomGenerator actorIds, StoreMeters meters) {
    var config = database.config();
    this.database = database;
    this.meters = meters;
    this.clock = new HybridClock(database.incarnation().clockFloor(), config.maxClockSkewMillis());
    this.actors = new Actors(actorIds, () -> database.book().isInDoubt());
    this.hot = new HotRecords(config.hotRecordsBytes() / config.shards());
    this.expiry = new ExpiryIndex(shard, config.shards());
    this.commit = new ShardCommit(database, actors, new ClockLease(shard, clock), expiry,
        new HintCommit(shard), hot);
    this.slots = new SlotRebuild(database.slots(), this, shard, config.shards());
    this.run = new StepRun(database, this, hot, slots, commit, meters);
    this.slotRun = new SlotRun(database);
    this.salvaging = new SalvageRun(database, this, run, shard, config.shards());
    this.listings = new Listings(database, meters);
  }

  @Override
  public List<StoreAnswer> perform(List<StoreStep> steps, Moment at) {
    now = at;
    meters.batches.increment();
    meters.steps.add(steps.size());
    var answers = new ArrayList<StoreAnswer>(steps.size());
    var tables = database.enter();
    try {
      follow(tables);
      performAll(steps, tables, answers);
    } catch (RocksDBException cause) {
      database.damage().note("what the node remembers of its slots", cause);
      failRest(steps, answers, cause);
    } finally {
      run.clear();
      database.leave();
    }
    return answers;
  }

  @Override
  public int sweepExpired(int limit, Moment at) {
    if (!expiry.isDue(at.wallMillis()) || database.refusal() != null) {
      return 0;
    }
    now = at;
    var tables = database.enter();
    try {
      follow(tables);
      return sweep(tables, limit);
    } catch (RocksDBException notNow) {
      database.damage().note("what expires", notNow);
      expiry.forget();
      return 0;
    } finally {
      run.clear();
      database.leave();
    }
  }

  /** Reads on what is not known of the slots, a bounded piece; false when there is nothing left to read. */
  boolean readOn(int looks) {
    var tables = database.enter();
    try {
      follow(tables);
      if (salvaging.onTurn(tables, looks)) {
        return true;
      }
      slots.onIdle(tables, looks);
      return !slots.isDone();
    } catch (RocksDBException | MalformedException notNow) {
      database.damage().note("what is read anew", notNow);
      return false;
    } finally {
      database.leave();
    }
  }

  /** Has everything read again, to see whether the disk still says the same. */
  void beginCheck() {
    slots.beginCheck();
  }

  /** Whether what is being read is known, so that nobody waits for it. */
  boolean isChecking() {
    return slots.isChecking();
  }

  @Override
  public long actor(int slot) {
    return actors.of(slot);
  }

  @Override
  public long freshActor() {
    return actors.fresh();
  }

  @Override
  public long era() {
    // Whoever is remembered with the era in which he stamped is remembered in vain while it is in doubt: no two are the same then.
    return database.book().isInDoubt()
        ? Long.MIN_VALUE | ThreadLocalRandom.current().nextLong()
        : database.incarnation().era();
  }

  @Override
  public Wholeness wholeness(int slot) {
    return database.book().believed(slot, database.incarnation().era());
  }

  @Override
  public Ballot floor(int slot) {
    return database.book().floor(slot);
  }

  @Override
  public HybridClock clock() {
    return clock;
  }

  @Override
  public Moment now() {
    return now;
  }

  @Override
  public void onUnreadable(int slot, Exception cause) {
    if (!database.damage().note("slot " + slot, cause)) {
      LOG.error("slot {} cannot be read: {}", slot, Database.line(cause));
    }
  }

  @Override
  public void onDifference(int slot) {
    LOG.error("slot {} is not on disk as it was written: the disk or the memory changed it. What it holds is asked of"
        + " the other replicas, and until then it does not count in read quorums", slot);
    // What memory still has would be merged with what the others tell, and found to be the same; the disk would stay as it is.
    hot.removeSlot(slot);
    var tables = database.enter();
    try (var batch = new WriteBatch()) {
      if (tables != null && !database.book().awaitsSalvage(slot)) {
        var lacking = database.book().wholeness(slot).forget(database.incarnation().era(), true);
        actors.renew(tables, batch, database.incarnation().era(), slot);
        SlotBook.write(tables, batch, slot, lacking);
        database.write(tables, batch, true);
        database.book().onWholeness(slot, lacking);
      }
    } catch (RocksDBException refused) {
      actors.forget();
    } finally {
      database.leave();
    }
  }

  HotRecords hot() {
    return hot;
  }

  /** Lets go of native memory; nothing is performed after. */
  void close() {
    commit.close();
  }

  /** Forgets what was true of an earlier opening of the database. */
  private void follow(Tables tables) throws RocksDBException {
    if (tables == null) {
      throw new RocksDBException(database.refusal());
    }
    slots.partitionBy(database.slots().forest().counts());
    if (opening != database.opening()) {
      hot.clear();
      expiry.forget();
      slots.begin();
      commit.forget();
      actors.load(tables, database.incarnation().era());
      opening = database.opening();
    }
  }

  private void performAll(List<StoreStep> steps, Tables tables, List<StoreAnswer> answers) throws RocksDBException {
    while (answers.size() < steps.size()) {
      int from = answers.size();
      switch (steps.get(from)) {
        case OnKey first -> run.perform(steps, from, StepRun.end(steps, from), tables, answers, Cause.DISK);
        case AcceptorStep first -> run.perform(steps, from, StepRun.end(steps, from), tables, answers, Cause.DISK);
        case ReapStep first -> run.perform(steps, from, StepRun.end(steps, from), tables, answers, Cause.DISK);
        case HintStep.OnKey first -> run.perform(steps, from, StepRun.end(steps, from), tables, answers, Cause.DISK);
        case HintStep list -> answers.add(listings.hints(list, tables));
        case Scan scan -> answers.add(listings.keys(scan, now, tables));
        case StoreStep.Leftovers left -> answers.add(listings.leftovers(left, tables));
        case Count count -> answers.add(listings.counted(count));
        case Compare compare -> answers.add(compare.apply(database.slots().forest()));
        case Digests digests -> answers.add(listings.digests(digests, tables));
        case SlotStep.Listing listing -> answers.add(listings.slots(listing, tables));
        case SlotStep.OnSlot first -> slotRun.perform(steps, tables, answers);
      }
    }
  }

  private int sweep(Tables tables, int limit) throws RocksDBException {
    var due = expiry.takeDue(tables, limit, now.wallMillis());
    if (due.isEmpty()) {
      return 0;
    }
    int looked = due.size();
    run.clear();
    var working = run.records();
    due.forEach(entry -> working.gather(entry.key()));
    working.read(tables);
    if (due.removeIf(entry -> working.gather(entry.key()).now == null)) {
      expiry.forget();
    }
    int collapsed = 0;
    for (var held : working.all()) {
      if (held.now != null) {
        held.now = held.now.collapseExpired(now.wallMillis());
        collapsed += held.isChanged() ? 1 : 0;
      }
    }
    if (!run.commit(tables, due)) {
      expiry.forget();
      return 0;
    }
    working.keepHot();
    meters.expired.add(collapsed);
    return looked;
  }

  private void failRest(List<StoreStep> steps, List<StoreAnswer> answers, RocksDBException cause) {
    while (answers.size() < steps.size()) {
      answers.add(new Failed(Cause.DISK, Database.line(cause)));
    }
  }
}
