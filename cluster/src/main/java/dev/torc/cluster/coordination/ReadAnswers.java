package dev.torc.cluster.coordination;

import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.Arrays;

/** What replicas have told about a key in the course of one read, by their place in its order, and what it comes to together. */
final class ReadAnswers {
  /** What each has told to have seen; null: nothing yet. */
  private VersionVector[] versions;
  /** How many siblings each told to hold: where only the latest are kept, equal versions do not mean equal records. */
  private int[] siblings;
  private boolean[] askedWhole;
  /** Fetches without an answer, by place. */
  private long fetching;
  private StoredRecord merged = StoredRecord.EMPTY;

  ReadAnswers(int replicas) {
    versions = new VersionVector[replicas];
    siblings = new int[replicas];
    askedWhole = new boolean[replicas];
  }

  /** One more is asked. */
  void grow() {
    int size = versions.length + 1;
    versions = Arrays.copyOf(versions, size);
    siblings = Arrays.copyOf(siblings, size);
    askedWhole = Arrays.copyOf(askedWhole, size);
  }

  StoredRecord merged() {
    return merged;
  }

  /** @param whole not only if it is small */
  void onFetch(int place, boolean whole) {
    askedWhole[place] = whole;
    fetching |= 1L << place;
  }

  boolean isFetching(int place) {
    return (fetching & 1L << place) != 0;
  }

  boolean wasAskedWhole(int place) {
    return askedWhole[place];
  }

  void onAnswered(int place) {
    fetching &= ~(1L << place);
  }

  void onVersion(int place, VersionVector version, int siblingCount) {
    versions[place] = version;
    siblings[place] = siblingCount;
  }

  void take(StoredRecord record) {
    merged = merged.merge(record);
  }

  void forget(int place) {
    versions[place] = null;
  }

  void keepLatest() {
    merged = merged.latestOnly();
  }

  boolean hasTold(int place) {
    return versions[place] != null;
  }

  /** Whether all that the replica told of is here, also what it has given up. */
  boolean isKnown(int place) {
    return versions[place] != null && merged.version().covers(versions[place])
        && (siblings[place] >= merged.siblings().size() || !versions[place].equals(merged.version()));
  }

  /** Whether it holds what is here, no more and no less. */
  boolean isUpToDate(int place) {
    return versions[place] != null && versions[place].equals(merged.version())
        && siblings[place] == merged.siblings().size();
  }

  /** Whether it has seen more than what is here. */
  boolean isAhead(int place) {
    return versions[place].covers(merged.version()) && !versions[place].equals(merged.version());
  }
}
