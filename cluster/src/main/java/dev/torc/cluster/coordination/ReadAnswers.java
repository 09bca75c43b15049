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
  /** Those that are catching up, by place. */
  private long parts;
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

  /** Those of whom an answer is awaited, by place. */
  long fetching() {
    return fetching;
  }

  boolean isFetching(int place) {
    return (fetching & 1L << place) != 0;
  }

  boolean wasAskedWhole(int place) {
    return askedWhole[place];
  }

  /** @param isPart from a replica that is catching up */
  void onAnswered(int place, boolean isPart) {
    fetching &= ~(1L << place);
    parts = isPart ? parts | 1L << place : parts;
  }

  /** Whether there will not be enough, as far as is known; some that answered being such as catch up. */
  boolean isInVain(Quorum answers, boolean allAsked) {
    return switch (answers.verdict()) {
      case REACHED -> false;
      case PENDING -> allAsked && fetching == 0 && parts != 0;
      case IMPOSSIBLE -> true;
    };
  }

  boolean isPart(int place) {
    return (parts & 1L << place) != 0;
  }

  /** For the text of a refusal. */
  String parts() {
    int count = Long.bitCount(parts);
    return count == 0 ? "" : ", " + count + (count == 1 ? " is catching up" : " are catching up");
  }

  /** Counts them after all; false if there is none. */
  boolean countParts(Quorum answers) {
    for (int i = 0; i < versions.length; i++) {
      if (isPart(i) && versions[i] != null) {
        answers.onSuccess(i);
      }
    }
    return answers.successes() >= answers.required();
  }

  /** How many replicas have told something. */
  int count() {
    int count = 0;
    for (var version : versions) {
      count += version == null ? 0 : 1;
    }
    return count;
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
