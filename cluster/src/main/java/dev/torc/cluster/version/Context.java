package dev.torc.cluster.version;

import java.util.Objects;
import java.util.Optional;

/**
 * What a client has seen of a key, and so what its next write supersedes: all that a version vector covers, and possibly one dot beside it. The dot
 * is the client's own last write where siblings remained: a vector that covered it would also claim those of the same actor that the client never saw.
 *
 * @param dot not covered by the version
 */
public record Context(VersionVector version, Optional<Dot> dot) {
  public static final Context NOTHING = new Context(VersionVector.EMPTY, Optional.empty());

  public Context {
    Objects.requireNonNull(version);
    if (dot.isPresent() && version.covers(dot.get())) {
      throw new IllegalArgumentException("a dot that the version covers");
    }
  }

  public static Context of(VersionVector version) {
    return version.size() == 0 ? NOTHING : new Context(version, Optional.empty());
  }

  public boolean isNothing() { return version.size() == 0 && dot.isEmpty(); }

  /** Whether the write is part of what was seen. */
  public boolean covers(Dot write) {
    return version.covers(write) || dot.isPresent() && dot.get().equals(write);
  }

  /** Whether somebody with this version has seen all of this. */
  public boolean isCoveredBy(VersionVector other) {
    return other.covers(version) && (dot.isEmpty() || other.covers(dot.get()));
  }

  /** The greatest HLC in it, 0 if it is nothing. */
  public long greatestHlc() {
    return dot.isEmpty() ? version.greatestHlc() : Math.max(version.greatestHlc(), dot.get().hlc());
  }
}
