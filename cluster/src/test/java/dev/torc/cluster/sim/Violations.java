package dev.torc.cluster.sim;

import java.util.EnumMap;
import java.util.Map;

/** What was found wrong: of each kind the first. */
final class Violations {
  private final SimKernel kernel;
  private final Map<Invariant, String> found = new EnumMap<>(Invariant.class);

  Violations(SimKernel kernel) {
    this.kernel = kernel;
  }

  void report(Invariant broken, String what) {
    kernel.trace(() -> "VIOLATION " + broken + ": " + what);
    found.putIfAbsent(broken, "at " + kernel.now() + " ms: " + what);
  }

  void check(boolean holds, Invariant invariant, String what) {
    if (!holds) {
      report(invariant, what);
    }
  }

  Map<Invariant, String> found() {
    return found;
  }
}
