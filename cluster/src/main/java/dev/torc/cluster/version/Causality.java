package dev.torc.cluster.version;

import java.util.Objects;
import java.util.Optional;

/**
 * What a write comes after.
 *
 * @param context what the client has seen, and supersedes; empty: what the coordinating replica holds
 * @param seen what the client's session has seen of the key beside that; superseded too, and never told to be unknown
 * @param latestOnly concurrent values are not kept: the write, having the latest dot, supersedes all
 */
public record Causality(Optional<Context> context, Context seen, boolean latestOnly) {
  /** A plain write: after whatever its coordinator holds. */
  public static final Causality BLIND = new Causality(Optional.empty(), Context.NOTHING, false);

  public Causality {
    Objects.requireNonNull(context);
    Objects.requireNonNull(seen);
  }

  /** Whether a write of this causality supersedes the one named, where the coordinating replica's record has this version. */
  public boolean supersedes(Dot write, VersionVector held) {
    return seen.covers(write) || (context.isEmpty() ? held.covers(write) : context.get().covers(write));
  }

  /** All that the write comes after, as a version vector; the single dots that it also comes after are to be covered by {@code held}. */
  public VersionVector past(VersionVector held) {
    return (context.isEmpty() ? held : context.get().version()).merge(seen.version());
  }

  /** Whether a replica with this version has seen the single dots; if not, it cannot write after them without claiming more than it knows. */
  public boolean isWithin(VersionVector held) {
    return (seen.dot().isEmpty() || held.covers(seen.dot().get()))
        && (context.isEmpty() || context.get().dot().isEmpty() || held.covers(context.get().dot().get()));
  }

  /** Whether a replica with this version has seen all that the client says it has seen, so that nothing of that need be believed. */
  public boolean isKnownTo(VersionVector held) {
    return seen.isCoveredBy(held) && (context.isEmpty() || context.get().isCoveredBy(held));
  }

  /** The single dots that it comes after, without the rest: what a replica must have seen to write so ({@link #isWithin}). */
  public Context single() {
    var dots = VersionVector.EMPTY;
    if (seen.dot().isPresent()) {
      dots = dots.with(seen.dot().get());
    }
    if (context.isPresent() && context.get().dot().isPresent()) {
      dots = dots.with(context.get().dot().get());
    }
    return Context.of(dots);
  }

  /** The greatest HLC in what the client says that it has seen, 0 if nothing. */
  public long greatestHlc() {
    return Math.max(seen.greatestHlc(), context.isEmpty() ? 0 : context.get().greatestHlc());
  }

  public static Causality after(Context context) {
    return new Causality(Optional.of(context), Context.NOTHING, false);
  }
}
