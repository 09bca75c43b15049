package dev.torc.engine;

import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.StoreStep.Count;
import dev.torc.cluster.storage.StoreStep.Scan;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.TreeStep.Digests;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.wire.MalformedException;
import org.rocksdb.RocksDBException;

/** What is told of many keys at once, from what is committed, and fails as a whole where the disk does. */
final class Listings {
  private interface Listing {
    StoreAnswer page() throws RocksDBException;
  }

  private final Database database;
  private final StoreMeters meters;

  Listings(Database database, StoreMeters meters) {
    this.database = database;
    this.meters = meters;
  }

  StoreAnswer keys(Scan scan, Moment now, Tables tables) {
    return told("a page of keys", () -> {
      var page = new RecordScan(scan, now.wallMillis()).page(tables);
      return database.book().told(page, scan.ranges(), scan.from(), page.next());
    });
  }

  StoreAnswer leftovers(StoreStep.Leftovers left, Tables tables) {
    return told("a page of leftovers", () -> Leftovers.page(left, tables));
  }

  StoreAnswer slots(SlotStep.Listing listing, Tables tables) {
    return told("a page of slots " + listing.range().from() + " to " + listing.range().to(),
        () -> SlotListing.told(listing, tables, database.book()));
  }

  StoreAnswer digests(Digests digests, Tables tables) {
    var forest = database.slots().forest();
    var refusal = TreeStep.refusal(digests.scope(), forest);
    return refusal.isPresent()
        ? refusal.get()
        : told("a leaf of slot " + digests.from().slot(), () -> LeafScan.page(digests, forest.counts(), tables));
  }

  StoreAnswer hints(HintStep step, Tables tables) {
    return told("a page of hints", () -> switch (step) {
      case HintStep.ListKept list -> new HintScan(tables).list(list);
      case HintStep.ListOldest list -> new HintScan(tables).list(list);
      case HintStep.CountKept count -> withSalvage(new HintScan(tables).tally());
      case HintStep.TellMissed told -> {
        database.slots().forest().onMissed();
        yield new StoreAnswer.Confirmed(true);
      }
      case HintStep.OnKey other -> throw new IllegalArgumentException("no list: " + other);
    });
  }

  StoreAnswer counted(Count count) {
    long keys = database.slots().counts().sum(count.ranges());
    return keys == SlotCounts.UNCOUNTED
        ? new Failed(Cause.COUNTING, "keys are being counted after an unclean stop")
        : database.book().told(new Counted(keys), count.ranges(), ScanPoint.START, ScanPoint.END);
  }

  /** A hint that waits in a database that was set aside is held, too: what it would bring back to life is not reaped meanwhile. */
  private Tally withSalvage(Tally tally) {
    var salvage = database.salvage();
    return salvage == null
        ? tally
        : new Tally(tally.owners(), Math.min(tally.oldestMillis(), salvage.oldestHintMillis()), tally.missed());
  }

  private StoreAnswer told(String what, Listing listing) {
    try {
      return listing.page();
    } catch (RocksDBException | MalformedException cause) {
      meters.failedReads.increment();
      database.damage().note(what, cause);
      return new Failed(Cause.DISK, what + " cannot be read: " + Database.line(cause));
    }
  }
}
