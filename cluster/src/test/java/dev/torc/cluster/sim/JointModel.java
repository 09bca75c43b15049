package dev.torc.cluster.sim;

import dev.torc.cluster.check.Model;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some keys as one object, each with a string or nothing: what commands on one or several of them do, one after another. */
final class JointModel implements Model<List<Optional<Bytes>>, JointModel.Op, JointModel.Result> {
  /** What is asked; keys by their places. */
  sealed interface Op {
    record Read(int key) implements Op {}

    record GetAndPut(int key, Bytes value) implements Op {}

    record Move(int from, int to, boolean onlyIfAbsent) implements Op {}

    record Copy(int from, int to, boolean replaces) implements Op {}

    record SetAllIfAbsent(List<Integer> keys, List<Bytes> values) implements Op {}
  }

  sealed interface Result {
    record Found(Optional<Bytes> value) implements Result {}

    record Done(boolean yes) implements Result {}

    record NoSuchKey() implements Result {}
  }

  private record Transition(List<Optional<Bytes>> state, Result result) {}

  private final int keys;

  JointModel(int keys) {
    this.keys = keys;
  }

  @Override
  public List<Optional<Bytes>> initial() {
    var nothing = new ArrayList<Optional<Bytes>>();
    for (int i = 0; i < keys; i++) {
      nothing.add(Optional.empty());
    }
    return List.copyOf(nothing);
  }

  @Override
  public Optional<List<Optional<Bytes>>> step(List<Optional<Bytes>> state, Op op, Optional<Result> result) {
    var transition = apply(state, op);
    return result.isEmpty() || result.get().equals(transition.result)
        ? Optional.of(transition.state)
        : Optional.empty();
  }

  @Override
  public boolean changesNothing(Op op, Result result) {
    return op instanceof Op.Read || result instanceof Result.NoSuchKey
        || result instanceof Result.Done(var yes) && !yes;
  }

  private static Transition apply(List<Optional<Bytes>> state, Op op) {
    return switch (op) {
      case Op.Read(var key) -> new Transition(state, new Result.Found(state.get(key)));
      case Op.GetAndPut(var key, var value) ->
        new Transition(with(state, key, Optional.of(value)), new Result.Found(state.get(key)));
      case Op.Move(var from, var to, var onlyIfAbsent) -> {
        if (state.get(from).isEmpty()) {
          yield new Transition(state, new Result.NoSuchKey());
        }
        yield onlyIfAbsent && state.get(to).isPresent()
            ? new Transition(state, new Result.Done(false))
            : new Transition(with(with(state, to, state.get(from)), from, Optional.empty()), new Result.Done(true));
      }
      case Op.Copy(var from, var to, var replaces) ->
        state.get(from).isEmpty() || !replaces && state.get(to).isPresent()
            ? new Transition(state, new Result.Done(false))
            : new Transition(with(state, to, state.get(from)), new Result.Done(true));
      case Op.SetAllIfAbsent(var places, var values) -> {
        if (places.stream().anyMatch(place -> state.get(place).isPresent())) {
          yield new Transition(state, new Result.Done(false));
        }
        var after = state;
        for (int i = 0; i < places.size(); i++) {
          after = with(after, places.get(i), Optional.of(values.get(i)));
        }
        yield new Transition(after, new Result.Done(true));
      }
    };
  }

  private static List<Optional<Bytes>> with(List<Optional<Bytes>> state, int place, Optional<Bytes> value) {
    var after = new ArrayList<>(state);
    after.set(place, value);
    return List.copyOf(after);
  }
}
