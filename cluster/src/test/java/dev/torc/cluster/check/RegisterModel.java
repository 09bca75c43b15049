package dev.torc.cluster.check;

import dev.torc.cluster.check.RegisterOp.Add;
import dev.torc.cluster.check.RegisterOp.Append;
import dev.torc.cluster.check.RegisterOp.Condition;
import dev.torc.cluster.check.RegisterOp.GetAndPut;
import dev.torc.cluster.check.RegisterOp.GetAndRemove;
import dev.torc.cluster.check.RegisterOp.Put;
import dev.torc.cluster.check.RegisterOp.PutIf;
import dev.torc.cluster.check.RegisterOp.Read;
import dev.torc.cluster.check.RegisterOp.Remove;
import dev.torc.cluster.check.RegisterOp.RemoveIfEquals;
import dev.torc.cluster.check.RegisterResult.Applied;
import dev.torc.cluster.check.RegisterResult.Found;
import dev.torc.cluster.check.RegisterResult.Number;
import dev.torc.cluster.check.RegisterResult.Refused;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** One key that holds a string or nothing, and never expires, as Redis's commands on strings see it. */
public final class RegisterModel implements Model<Optional<Bytes>, RegisterOp, RegisterResult> {
  /** The state after an operation, and what it answered. */
  public record Transition(Optional<Bytes> state, RegisterResult result) {}

  @Override
  public Optional<Bytes> initial() {
    return Optional.empty();
  }

  @Override
  public Optional<Optional<Bytes>> step(Optional<Bytes> state, RegisterOp op, Optional<RegisterResult> result) {
    var transition = apply(state, op);
    return result.isEmpty() || result.get().equals(transition.result())
        ? Optional.of(transition.state())
        : Optional.empty();
  }

  @Override
  public boolean changesNothing(RegisterOp op, RegisterResult result) {
    return op instanceof Read || result instanceof Refused || result instanceof Applied applied && !applied.yes()
        || op instanceof GetAndRemove && result instanceof Found found && found.value().isEmpty();
  }

  @Override
  public Optional<Optional<Bytes>> stateBefore(RegisterOp op, RegisterResult result) {
    return switch (result) {
      case Found(var value) -> Optional.of(value);
      case Applied(var yes) when yes && op instanceof RemoveIfEquals(var expected) ->
        Optional.of(Optional.of(expected));
      case Applied(var yes) when yes && op instanceof PutIf(var value, Condition.IsEqual(var expected)) ->
        Optional.of(Optional.of(expected));
      case Number(var sum) when op instanceof Add(var by) && sum != by ->
        Optional.of(Optional.of(Bytes.of(Long.toString(sum - by))));
      case Applied applied -> Optional.empty();
      case Number number -> Optional.empty();
      case Refused refused -> Optional.empty();
    };
  }

  @Override
  public boolean mayLeadTo(Optional<Bytes> state, RegisterOp op) {
    return switch (op) {
      case Read() -> false;
      case Put(var value) -> state.equals(Optional.of(value));
      case PutIf(var value, var condition) -> state.equals(Optional.of(value));
      case GetAndPut(var value) -> state.equals(Optional.of(value));
      case Remove() -> state.isEmpty();
      case RemoveIfEquals(var expected) -> state.isEmpty();
      case GetAndRemove() -> state.isEmpty();
      case Add(var by) -> state.isPresent() && number(state).isPresent();
      case Append(var suffix) -> state.isPresent() && endsWith(state.get(), suffix);
    };
  }

  @Override
  public UnaryOperator<RegisterOp> looks(List<Call<RegisterOp, RegisterResult>> calls) {
    return new Unseen(calls)::look;
  }

  /** Any operation has one outcome in a state. */
  public static Transition apply(Optional<Bytes> state, RegisterOp op) {
    return switch (op) {
      case Read() -> new Transition(state, new Found(state));
      case Put(var value) -> new Transition(Optional.of(value), new Applied(true));
      case PutIf(var value, var condition) -> appliedIf(holds(condition, state), state, Optional.of(value));
      case GetAndPut(var value) -> new Transition(Optional.of(value), new Found(state));
      case Remove() -> appliedIf(state.isPresent(), state, Optional.empty());
      case RemoveIfEquals(var expected) -> appliedIf(state.equals(Optional.of(expected)), state, Optional.empty());
      case GetAndRemove() -> new Transition(Optional.empty(), new Found(state));
      case Add(var by) -> sum(state, by);
      case Append(var suffix) -> {
        var whole = state.map(value -> concatenated(value, suffix)).orElse(suffix);
        yield new Transition(Optional.of(whole), new Number(whole.size()));
      }
    };
  }

  private static Transition appliedIf(boolean holds, Optional<Bytes> before, Optional<Bytes> after) {
    return new Transition(holds ? after : before, new Applied(holds));
  }

  private static boolean holds(Condition condition, Optional<Bytes> state) {
    return switch (condition) {
      case Condition.IsAbsent() -> state.isEmpty();
      case Condition.IsPresent() -> state.isPresent();
      case Condition.IsEqual(var expected) -> state.equals(Optional.of(expected));
    };
  }

  private static Transition sum(Optional<Bytes> state, long by) {
    var number = number(state);
    if (number.isEmpty() || ((number.getAsLong() ^ number.getAsLong() + by) & (by ^ number.getAsLong() + by)) < 0) {
      return new Transition(state, new Refused());
    }
    long sum = number.getAsLong() + by;
    return new Transition(Optional.of(Bytes.of(Long.toString(sum))), new Number(sum));
  }

  /** As Redis writes it: not +1, 01 or -0. */
  private static OptionalLong number(Optional<Bytes> state) {
    var text = state.map(Bytes::text).orElse("0");
    try {
      long number = Long.parseLong(text);
      return Long.toString(number).equals(text) ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (NumberFormatException notAnInteger) {
      return OptionalLong.empty();
    }
  }

  private static Bytes concatenated(Bytes front, Bytes back) {
    var whole = Arrays.copyOf(front.array(), front.size() + back.size());
    System.arraycopy(back.array(), 0, whole, front.size(), back.size());
    return Bytes.of(whole);
  }

  private static boolean endsWith(Bytes value, Bytes suffix) {
    int from = value.size() - suffix.size();
    return from >= 0 && Arrays.equals(value.array(), from, value.size(), suffix.array(), 0, suffix.size());
  }
}
