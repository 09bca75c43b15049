package dev.torc.cluster.check;

import java.util.ArrayList;
import java.util.List;

/** The definition of linearizability as it stands, tried order by order. For half a dozen calls. Shares nothing with {@link Search}. */
final class EveryOrder {
  private EveryOrder() {}

  static <S, I, O> boolean isLinearizable(Model<S, I, O> model, List<Call<I, O>> calls) {
    return isLinearizable(model, model.initial(), calls);
  }

  private static <S, I, O> boolean isLinearizable(Model<S, I, O> model, S state, List<Call<I, O>> left) {
    if (left.stream().noneMatch(Call::isKnown)) {
      return true;
    }
    for (var call : left) {
      if (left.stream().noneMatch(other -> other.precedes(call))) {
        var after = model.step(state, call.input(), call.output());
        if (after.isPresent() && isLinearizable(model, after.get(), without(call, left))) {
          return true;
        }
      }
    }
    return false;
  }

  private static <I, O> List<Call<I, O>> without(Call<I, O> call, List<Call<I, O>> calls) {
    var rest = new ArrayList<>(calls);
    rest.remove(call);
    return rest;
  }

  /** Whether the order does what it must: known calls each once, unknown ones at most, none before one that ended first, every answer explained. */
  static <S, I, O> boolean explains(List<Call<I, O>> order, Model<S, I, O> model, List<Call<I, O>> calls) {
    var left = new ArrayList<>(calls);
    var state = model.initial();
    for (var call : order) {
      var after = model.step(state, call.input(), call.output());
      if (!left.remove(call) || after.isEmpty() || left.stream().anyMatch(other -> other.precedes(call))) {
        return false;
      }
      state = after.get();
    }
    return left.stream().noneMatch(Call::isKnown);
  }
}
