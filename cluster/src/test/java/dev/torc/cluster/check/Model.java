package dev.torc.cluster.check;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an object does when it is called by one client at a time. States and inputs are compared by {@code equals}. The default methods are hints that make the
 * search shorter; without them its verdicts are the same.
 *
 * @param <S> the states of the object, immutable
 * @param <I> what a call asks
 * @param <O> what it answers
 */
public interface Model<S, I, O> {
  /** Before the first call. */
  S initial();

  /** The state after the call, if it may give this output in this state; empty if it may not. No output: the outcome is not known, any would do. */
  Optional<S> step(S state, I input, Optional<O> output);

  /** Whether a call with this output leaves every state as it was, as a read does. */
  default boolean changesNothing(I input, O output) {
    return false;
  }

  /** The only state in which a call can give this output; empty if there are several. */
  default Optional<S> stateBefore(I input, O output) {
    return Optional.empty();
  }

  /** Whether the call can lead to this state from another. */
  default boolean mayLeadTo(S state, I input) {
    return true;
  }

  /** Of an input what the answers of these calls can tell of it: if two look the same, it makes no difference which of them takes effect. */
  default UnaryOperator<I> looks(List<Call<I, O>> calls) {
    return UnaryOperator.identity();
  }
}
