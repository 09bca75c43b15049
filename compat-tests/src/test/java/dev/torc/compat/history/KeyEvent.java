package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import java.util.List;
import java.util.Optional;

/** What a client asked of a key and was answered. Times are nanoseconds on this process's clock. */
public sealed interface KeyEvent {
  /** The end of a call that nobody answered: it may take effect whenever. */
  long NEVER = Long.MAX_VALUE;

  /** Of the level's own promise: writes and reads at these meet in a replica. */
  boolean isQuorum();

  long invoked();

  long returned();

  /**
   * KV.SET or KV.DEL.
   *
   * @param value of no other write; empty: a deletion
   * @param given the context that went with it; empty: it supersedes what its coordinator holds
   * @param after the context that was answered: all that it superseded, and itself; empty: not known whether it was done
   */
  record Write(int client, Optional<String> value, boolean isQuorum, Optional<Context> given, long invoked,
      long returned, Optional<Context> after) implements KeyEvent {
    public Write {
      if (after.isEmpty() != (returned == NEVER)) {
        throw new IllegalArgumentException("a write returns exactly if it was acknowledged");
      }
    }

    boolean isAcknowledged() { return after.isPresent(); }

    /** Its name: of an acknowledged one. It is later than all that it has seen. */
    Dot dot() {
      return after.orElseThrow().dot().orElseGet(() -> after.get().version().greatest());
    }

    /** Whether it replaced the other. */
    boolean supersedes(Dot other) {
      return after.isPresent()
          ? after.get().covers(other) && !other.equals(dot())
          : given.isPresent() && given.get().covers(other);
    }
  }

  /**
   * KV.GET.
   *
   * @param values of all siblings but deletions
   */
  record Read(int client, boolean isQuorum, long invoked, long returned, Context seen, List<String> values)
      implements
        KeyEvent {
    public Read {
      values = List.copyOf(values);
    }
  }
}
