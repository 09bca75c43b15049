package dev.torc.cluster.check;

import java.util.Optional;

/**
 * One call of a history. A call whose outcome is not known (no answer, or one that says "uncertain") never returns: it may take effect at any time
 * after it was invoked, or never. A call that certainly had no effect does not belong into a history.
 *
 * @param client for people; the checker takes no order from it
 * @param output what was answered; empty: not known
 * @param invoked when the client called, in any unit, on one clock for all calls of a history
 * @param returned when it had the answer, on the same clock; {@link #NEVER} exactly if the outcome is not known
 */
public record Call<I, O>(int client, I input, Optional<O> output, long invoked, long returned) {
  public static final long NEVER = Long.MAX_VALUE;

  public Call {
    if (output.isEmpty() != (returned == NEVER)) {
      throw new IllegalArgumentException("a call returns exactly if its outcome is known");
    }
    if (returned < invoked) {
      throw new IllegalArgumentException("returned at " + returned + ", before it was invoked at " + invoked);
    }
  }

  public static <I, O> Call<I, O> known(int client, I input, O output, long invoked, long returned) {
    return new Call<>(client, input, Optional.of(output), invoked, returned);
  }

  public static <I, O> Call<I, O> unknown(int client, I input, long invoked) {
    return new Call<>(client, input, Optional.empty(), invoked, NEVER);
  }

  public boolean isKnown() { return output.isPresent(); }

  /** Whether this call ended before the other began. Equal times count as concurrent, so that a coarse clock accuses nobody. */
  public boolean precedes(Call<I, O> other) {
    return returned < other.invoked;
  }

  @Override
  public String toString() {
    return "[" + invoked + ", " + (isKnown() ? returned : "…") + "] client " + client + ": " + input + " → "
        + output.map(Object::toString).orElse("unknown");
  }
}
