package dev.torc.cluster.check;

import dev.torc.cluster.check.Verdict.DeadEnd;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One round of the search that {@link Linearizability} describes: depth first over the known calls, with a path of its own instead of recursion. At each node of
 * the path stand the states that it can be in: first the one that the call before left, then those that calls of unknown outcome make of it.
 */
final class Search<S, I, O> {
  enum Result {
    FOUND,
    /** There is no order. */
    NONE,
    /** There is none with so few unknown calls in a row. */
    CUT_OFF,
    SPENT
  }

  /** The state after {@code before} and then the unknown call {@code unknown}; at first neither. {@code row} unknown calls in all since the last known one. */
  private record Variant<S>(S state, CallSet used, int row, int unknown, Variant<S> before) {}

  /** After the known call {@code call} (none at the root). The variant {@code current} is being tried, and of the calls after it {@code next} is. */
  private static final class Node<S> {
    final int call;
    final List<Variant<S>> variants = new ArrayList<>(2);
    int current;
    int next;
    boolean isFresh = true;
    boolean isSettled;

    Node(int call, Variant<S> first, int next) {
      this.call = call;
      this.next = next;
      variants.add(first);
    }

    Variant<S> variant() {
      return variants.get(current);
    }
  }

  private final Model<S, I, O> model;
  private final int longestRow;
  private final Budget budget;
  private final List<Call<I, O>> known;
  private final List<Call<I, O>> unknown;
  /** Of each unknown call the one before it that looks the same, or -1. */
  private final int[] twins;
  private final Needs<S> needs;
  private final Timeline timeline;
  private final Configurations<S> configurations;
  private final BitSet placed = new BitSet();
  private final ArrayList<Node<S>> path = new ArrayList<>();
  private boolean isCutOff;
  private int deepest;
  private DeadEnd<I, O> deadEnd;

  /** The calls sorted by invocation. */
  Search(Model<S, I, O> model, List<Call<I, O>> calls, int longestRow, Budget budget) {
    this.model = model;
    this.longestRow = longestRow;
    this.budget = budget;
    known = calls.stream().filter(Call::isKnown).toList();
    unknown = calls.stream().filter(call -> !call.isKnown()).toList();
    twins = twins(unknown, model.looks(calls));
    needs = new Needs<>(model, known, unknown);
    timeline = new Timeline(known, unknown);
    configurations = new Configurations<>(budget);
  }

  private static <I, O> int[] twins(List<Call<I, O>> unknown, UnaryOperator<I> looks) {
    var latest = new HashMap<I, Integer>();
    var twins = new int[unknown.size()];
    for (int i = 0; i < twins.length; i++) {
      var earlier = latest.put(looks.apply(unknown.get(i).input()), i);
      twins[i] = earlier == null ? -1 : earlier;
    }
    return twins;
  }

  Result run() {
    path.add(new Node<>(-1, new Variant<>(model.initial(), CallSet.EMPTY, 0, -1, null), timeline.first()));
    while (!path.isEmpty()) {
      if (timeline.isEmpty()) {
        return Result.FOUND;
      }
      if (budget.isSpent()) {
        if (deadEnd == null) {
          rememberDeadEnd();
        }
        return Result.SPENT;
      }
      if (!descend(path.getLast())) {
        ascend();
      }
    }
    return isCutOff ? Result.CUT_OFF : Result.NONE;
  }

  /** Places one more known call, after unknown ones if it must be so; false if none can come next. */
  private boolean descend(Node<S> node) {
    while (node.current < node.variants.size()) {
      if (placeNext(node)) {
        return true;
      }
      if (!node.isSettled) {
        tryUnknown(node);
      }
      node.current++;
      node.next = timeline.first();
      node.isFresh = true;
      node.isSettled = false;
    }
    return false;
  }

  private boolean placeNext(Node<S> node) {
    if (node.isFresh) {
      node.isFresh = false;
      int settled = changesNothingNow(node.variant().state());
      if (settled != Timeline.NONE) {
        // If it fits here at all it may as well stand here: it changes nothing for anyone. So there is nothing else to try.
        node.isSettled = true;
        node.next = Timeline.NONE;
        return place(settled, node.variant(), node.variant().state());
      }
    }
    while (node.next != Timeline.NONE) {
      int call = node.next;
      node.next = timeline.after(call);
      var after = step(node.variant().state(), known.get(call));
      if (after.isPresent() && place(call, node.variant(), after.get())) {
        return true;
      }
    }
    return false;
  }

  private int changesNothingNow(S state) {
    for (int call = timeline.first(); call != Timeline.NONE; call = timeline.after(call)) {
      var candidate = known.get(call);
      if (model.changesNothing(candidate.input(), candidate.output().orElseThrow())
          && step(state, candidate).isPresent()) {
        return call;
      }
    }
    return Timeline.NONE;
  }

  private Optional<S> step(S state, Call<I, O> call) {
    budget.step();
    return model.step(state, call.input(), call.output());
  }

  /** Puts the call behind the path; false if the search has been there. */
  private boolean place(int call, Variant<S> before, S after) {
    var used = before.used();
    timeline.takeOut(call);
    placed.set(call);
    if (!isLost(before.state(), after, used) && configurations.add(timeline.base(), placed, after, used)) {
      path.add(new Node<>(call, new Variant<>(after, used, 0, -1, null), timeline.first()));
      return true;
    }
    takeBack(call);
    return false;
  }

  private boolean isLost(S before, S after, CallSet used) {
    return !before.equals(after) && needs.isLost(before, placed, used);
  }

  private void ascend() {
    rememberDeadEnd();
    var node = path.removeLast();
    if (node.call >= 0) {
      takeBack(node.call);
    }
  }

  private void takeBack(int call) {
    placed.clear(call);
    timeline.putBack(call);
  }

  /** What the unknown calls that may come next make of the node's current variant. */
  private void tryUnknown(Node<S> node) {
    var variant = node.variant();
    boolean isLongest = variant.row() == longestRow;
    int end = isLongest && isCutOff ? 0 : timeline.unknownNow();
    for (int call = 0; call < end; call++) {
      if (variant.used().has(call) || twins[call] >= 0 && !variant.used().has(twins[call])) {
        continue;
      }
      var after = step(variant.state(), unknown.get(call));
      if (after.isEmpty() || after.get().equals(variant.state())) {
        continue;
      }
      var used = variant.used().with(call);
      if (isLost(variant.state(), after.get(), used)) {
        continue;
      }
      if (isLongest) {
        isCutOff |= configurations.isNew(timeline.base(), placed, after.get(), used);
      } else if (configurations.add(timeline.base(), placed, after.get(), used)) {
        node.variants.add(new Variant<>(after.get(), used, variant.row() + 1, call, variant));
      }
    }
  }

  /** The path as calls, each unknown one where it was used. */
  List<Call<I, O>> order() {
    var order = new ArrayList<Call<I, O>>();
    for (int i = 0; i < path.size(); i++) {
      var node = path.get(i);
      if (node.call >= 0) {
        order.add(known.get(node.call));
      }
      if (i < path.size() - 1) {
        int end = order.size();
        for (var variant = node.variant(); variant.before() != null; variant = variant.before()) {
          order.add(end, unknown.get(variant.unknown()));
        }
      }
    }
    return order;
  }

  private void rememberDeadEnd() {
    if (deadEnd != null && path.size() <= deepest) {
      return;
    }
    deepest = path.size();
    var blocked = new ArrayList<Call<I, O>>();
    for (int call = timeline.first(); call != Timeline.NONE; call = timeline.after(call)) {
      blocked.add(known.get(call));
    }
    deadEnd = new DeadEnd<>(order(), String.valueOf(path.getLast().variants.getFirst().state()), blocked);
  }

  DeadEnd<I, O> deadEnd() {
    return deadEnd;
  }
}
