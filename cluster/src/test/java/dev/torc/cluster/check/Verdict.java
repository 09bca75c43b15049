package dev.torc.cluster.check;

import java.util.List;

/** What is to be said of a history. */
public sealed interface Verdict<I, O> {
  /** The calls in an order that explains every answer; of unknown outcome only those that must have taken effect. */
  record Linearizable<I, O>(List<Call<I, O>> order) implements Verdict<I, O> {
    public Linearizable {
      order = List.copyOf(order);
    }
  }

  /** There is no such order; this far the search came. */
  record NotLinearizable<I, O>(DeadEnd<I, O> deadEnd) implements Verdict<I, O> {
    @Override
    public String toString() {
      return "not linearizable. " + deadEnd;
    }
  }

  /** The search became too large before it found an order or could exclude one; this far it came. */
  record Undecided<I, O>(DeadEnd<I, O> deadEnd) implements Verdict<I, O> {
    @Override
    public String toString() {
      return "undecided: too many ways to order these calls. " + deadEnd;
    }
  }

  /**
   * Where the order that explained most answers came to its end.
   *
   * @param prefix that order
   * @param state the object's after it, as text
   * @param blocked of which one had to come next, and none could
   */
  record DeadEnd<I, O>(List<Call<I, O>> prefix, String state, List<Call<I, O>> blocked) {
    private static final int SHOWN = 12;

    public DeadEnd {
      prefix = List.copyOf(prefix);
      blocked = List.copyOf(blocked);
    }

    @Override
    public String toString() {
      var text = new StringBuilder("The longest order that explains the answers has ").append(prefix.size())
          .append(" calls, the last:");
      prefix.subList(Math.max(0, prefix.size() - SHOWN), prefix.size())
          .forEach(call -> text.append("\n  ").append(call));
      text.append("\nThen the state is ").append(state).append(", and none of these can come next:");
      blocked.forEach(call -> text.append("\n  ").append(call));
      return text.toString();
    }
  }
}
