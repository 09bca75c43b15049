package dev.torc.cluster.version;

import java.util.Arrays;

/**
 * What a replica has seen of a key: for each actor the highest HLC. The entry {@code a → n} claims that every dot of {@code a} up to {@code n} was
 * seen, which is why somebody who may have forgotten one must never write as {@code a} again. Immutable; sorted by actor, so that equal vectors
 * have equal bytes.
 */
public final class VersionVector {
  public static final VersionVector EMPTY = new VersionVector(new long[0], new long[0]);

  private final long[] actors;
  private final long[] hlcs;

  private VersionVector(long[] actors, long[] hlcs) {
    this.actors = actors;
    this.hlcs = hlcs;
  }

  public static VersionVector of(Dot dot) {
    return new VersionVector(new long[] {dot.actor()}, new long[] {dot.hlc()});
  }

  /** @param actors ascending as signed numbers, none twice; null or not so: {@link IllegalArgumentException}. Takes the arrays over. */
  public static VersionVector ofSorted(long[] actors, long[] hlcs) {
    for (int i = 0; i < actors.length; i++) {
      if (hlcs[i] <= 0 || i > 0 && actors[i] <= actors[i - 1]) {
        throw new IllegalArgumentException("a version vector out of order, or with an empty entry");
      }
    }
    return actors.length == 0 ? EMPTY : new VersionVector(actors, hlcs);
  }

  public int size() {
    return actors.length;
  }

  public long actorAt(int index) {
    return actors[index];
  }

  public long hlcAt(int index) {
    return hlcs[index];
  }

  /** Where the actor's entry is; negative if there is none. */
  public int indexOf(long actor) {
    return actors.length == 1 ? actors[0] == actor ? 0 : -1 : Arrays.binarySearch(actors, actor);
  }

  /** The highest HLC seen from the actor, 0 if none. */
  public long hlcOf(long actor) {
    int index = indexOf(actor);
    return index < 0 ? 0 : hlcs[index];
  }

  public boolean covers(Dot dot) {
    return dot.hlc() <= hlcOf(dot.actor());
  }

  public boolean covers(VersionVector other) {
    for (int i = 0; i < other.actors.length; i++) {
      if (other.hlcs[i] > hlcOf(other.actors[i])) {
        return false;
      }
    }
    return true;
  }

  /** The greatest HLC of any actor, 0 if empty. */
  public long greatestHlc() {
    long greatest = 0;
    for (long hlc : hlcs) {
      greatest = Math.max(greatest, hlc);
    }
    return greatest;
  }

  /** The greatest dot that it claims: of a record's version its latest write. Not of an empty one. */
  public Dot greatest() {
    var greatest = new Dot(actors[0], hlcs[0]);
    for (int i = 1; i < actors.length; i++) {
      var dot = new Dot(actors[i], hlcs[i]);
      greatest = dot.compareTo(greatest) > 0 ? dot : greatest;
    }
    return greatest;
  }

  public VersionVector with(Dot dot) {
    return covers(dot) ? this : merge(of(dot));
  }

  /** The entry-wise maximum. One of the two itself when it covers the other. */
  public VersionVector merge(VersionVector other) {
    if (covers(other)) {
      return this;
    }
    if (other.covers(this)) {
      return other;
    }
    var mergedActors = new long[actors.length + other.actors.length];
    var mergedHlcs = new long[mergedActors.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < actors.length || j < other.actors.length) {
      boolean mine = j == other.actors.length || i < actors.length && actors[i] <= other.actors[j];
      boolean theirs = i == actors.length || j < other.actors.length && other.actors[j] <= actors[i];
      mergedActors[size] = mine ? actors[i] : other.actors[j];
      mergedHlcs[size++] = Math.max(mine ? hlcs[i] : 0, theirs ? other.hlcs[j] : 0);
      i += mine ? 1 : 0;
      j += theirs ? 1 : 0;
    }
    return new VersionVector(Arrays.copyOf(mergedActors, size), Arrays.copyOf(mergedHlcs, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector that && Arrays.equals(actors, that.actors) && Arrays.equals(hlcs, that.hlcs);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(actors) + Arrays.hashCode(hlcs);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int i = 0; i < actors.length; i++) {
      text.append(i == 0 ? "" : ", ").append(new Dot(actors[i], hlcs[i]));
    }
    return text.append('}').toString();
  }
}
