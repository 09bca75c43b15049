package dev.torc.cluster.version;

import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Records from a small world of three actors and a dozen readings, so that they overlap. One dot always has one content. */
public final class RecordGenerator {
  public static final long WALL = 1_000;
  private static final int ACTORS = 3;
  private static final int READINGS = 12;

  private final SplittableRandom random;

  public RecordGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  public SplittableRandom random() {
    return random;
  }

  public VersionVector version() {
    var version = VersionVector.EMPTY;
    for (int actor = 1; actor <= ACTORS; actor++) {
      int reading = random.nextInt(READINGS + 1);
      version = reading == 0 ? version : version.with(new Dot(actor, reading));
    }
    return version;
  }

  public StoredRecord record() {
    var version = version();
    var dots = new TreeSet<Dot>();
    for (int i = 0; i < version.size(); i++) {
      for (int n = random.nextInt(3); n > 0; n--) {
        dots.add(new Dot(version.actorAt(i), 1 + random.nextLong(version.hlcAt(i))));
      }
    }
    var siblings = new ArrayList<Sibling>();
    dots.forEach(dot -> siblings.add(new Sibling(dot, content(dot))));
    var record = new StoredRecord(version, siblings);
    return random.nextInt(3) == 0 ? record.collapseExpired(WALL) : record;
  }

  /** Of every third dot a value that has expired at {@link #WALL}, of every fifth a tombstone. */
  private static Content content(Dot dot) {
    long number = dot.actor() * READINGS + dot.hlc();
    if (number % 5 == 0) {
      return Content.TOMBSTONE;
    }
    return Content.of(Bytes.of("v" + number), number % 3 == 0 ? WALL - number : Content.NEVER);
  }
}
