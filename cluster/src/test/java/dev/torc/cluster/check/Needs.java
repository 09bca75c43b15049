package dev.torc.cluster.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which states the answers still need. Without it an unknown write is spent where any other would do, and long after, where its value was read, it is
 * missing; between the two lie thousands of ways to go wrong.
 */
final class Needs<S> {
  /** The known calls that can stand in one state only, and who may lead to it. */
  private record Need(List<Integer> needing, List<Integer> known, List<Integer> unknown) {}

  private final Map<S, Need> needs = new HashMap<>();

  <I, O> Needs(Model<S, I, O> model, List<Call<I, O>> known, List<Call<I, O>> unknown) {
    for (int i = 0; i < known.size(); i++) {
      var call = known.get(i);
      var state = model.stateBefore(call.input(), call.output().orElseThrow());
      if (state.isPresent()) {
        needs.computeIfAbsent(state.get(), s -> need(model, s, known, unknown)).needing().add(i);
      }
    }
    needs.values().removeIf(need -> need.unknown().isEmpty());
  }

  private static <S, I, O> Need need(Model<S, I, O> model, S state, List<Call<I, O>> known, List<Call<I, O>> unknown) {
    var open = leading(model, state, unknown);
    return new Need(new ArrayList<>(), open.isEmpty() ? List.of() : leading(model, state, known), open);
  }

  private static <S, I, O> List<Integer> leading(Model<S, I, O> model, S state, List<Call<I, O>> calls) {
    var leading = new ArrayList<Integer>();
    for (int i = 0; i < calls.size(); i++) {
      if (model.mayLeadTo(state, calls.get(i).input())) {
        leading.add(i);
      }
    }
    return leading;
  }

  /** Whether a state that some answer still needs, and for which an unknown call was used, was left for good. */
  boolean isLost(S left, BitSet placed, CallSet used) {
    var need = needs.get(left);
    return need != null && need.unknown().stream().allMatch(used::has) && need.known().stream().allMatch(placed::get)
        && !need.needing().stream().allMatch(placed::get);
  }
}
