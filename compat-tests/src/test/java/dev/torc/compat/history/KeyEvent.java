package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import java.util.List;
import java.util.Optional;

/** What a client asked of a key and was answered. Times are nanoseconds on this process's clock. */
public sealed interface KeyEvent {
  /** The end of a call that nobody answered: it may take effect whenever. */
  long NEVER = Long.MAX_VALUE;

  Level level();

  long invoked();

  long returned();

  /**
   * KV.SET or KV.DEL.
   *
   * @param node that was asked
   * @param value of no other write; empty: a deletion
   * @param given the context that went with it; empty: it supersedes what its coordinator holds
   * @param after the context that was answered: all that it superseded, and itself; empty: not known whether it was done
   */
  record Write(int client, int node, Level level, Optional<String> value, Optional<Context> given, long invoked,
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
   * @param siblings their values; empty: a deletion. No sibling at all where there are deletions only
   */
  record Read(int client, Level level, long invoked, long returned, Context seen, List<Optional<String>> siblings)
      implements
        KeyEvent {
    public Read {
      siblings = List.copyOf(siblings);
    }

    /** Whether this value is among the siblings, or may be: a deletion, where nothing is shown. */
    boolean shows(Optional<String> value) {
      return siblings.contains(value) || value.isEmpty() && siblings.isEmpty();
    }
  }
}
