package dev.torc.cluster.check;

import dev.torc.cluster.check.RegisterOp.Condition;
import dev.torc.cluster.check.RegisterResult.Found;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What clients saw of a register that is linearizable by construction: each operation takes effect at one moment between its invocation and its return; one of
 * unknown outcome at a moment after its invocation, often long after, or never.
 */
final class RandomHistory {
  private static final long EFFECT_NEVER = Long.MAX_VALUE;
  private static final List<Bytes> FEW = List.of(Bytes.of("1"), Bytes.of("a"), Bytes.of("b"));

  /** An operation that is yet to be performed. */
  private record Plan(int client, RegisterOp op, long invoked, long effect, long returned) {}

  private final SplittableRandom random;
  /** Where the values of writes come from: few that meet often, or each its own. */
  private final Supplier<Bytes> values;
  private final int clients;
  private final int unknownPercent;

  private RandomHistory(long seed, int clients, int unknownPercent, boolean ownValues) {
    this.random = new SplittableRandom(seed);
    this.clients = clients;
    this.unknownPercent = unknownPercent;
    var count = new int[1];
    this.values = ownValues ? () -> Bytes.of("v" + count[0]++) : () -> FEW.get(random.nextInt(FEW.size()));
  }

  /** Three clients, values that meet often; in two of three an answer or two are replaced by others, so that many are not linearizable. */
  static List<Call<RegisterOp, RegisterResult>> small(long seed) {
    var history = new RandomHistory(seed, 3, 25, false);
    var calls = history.calls(1 + history.random.nextInt(6));
    for (int wrong = history.random.nextInt(3); wrong > 0; wrong--) {
      int i = history.random.nextInt(calls.size());
      calls.set(i, history.withOtherOutput(calls.get(i)));
    }
    return calls;
  }

  /** Each write of its own value. */
  static List<Call<RegisterOp, RegisterResult>> large(long seed, int calls, int clients, int unknownPercent) {
    return new RandomHistory(seed, clients, unknownPercent, true).calls(calls);
  }

  /** The history with one answer replaced by a value that nobody wrote, that of a random known call that found something. */
  static List<Call<RegisterOp, RegisterResult>> corrupted(long seed, List<Call<RegisterOp, RegisterResult>> calls) {
    var finders = calls.stream().filter(call -> call.output().orElse(null) instanceof Found).toList();
    var wrong = finders.get(new SplittableRandom(seed).nextInt(finders.size()));
    var corrupted = new ArrayList<>(calls);
    corrupted.set(calls.indexOf(wrong),
        Call.known(wrong.client(), wrong.input(), new Found(Optional.of(Bytes.of("nobody's"))),
            wrong.invoked(), wrong.returned()));
    return corrupted;
  }

  private List<Call<RegisterOp, RegisterResult>> calls(int count) {
    var plans = new ArrayList<Plan>();
    var free = new long[clients];
    for (int i = 0; i < count; i++) {
      int client = i % clients;
      var plan = plan(client, free[client] + random.nextInt(8), count);
      free[client] = plan.returned() == Call.NEVER ? plan.invoked() + 10 : plan.returned();
      plans.add(plan);
    }
    plans.sort(Comparator.comparingLong(Plan::effect));
    var calls = new ArrayList<Call<RegisterOp, RegisterResult>>();
    Optional<Bytes> state = Optional.empty();
    for (var plan : plans) {
      if (plan.effect() == EFFECT_NEVER) {
        calls.add(Call.unknown(plan.client(), plan.op(), plan.invoked()));
        continue;
      }
      var transition = RegisterModel.apply(state, plan.op());
      state = transition.state();
      calls.add(plan.returned() == Call.NEVER
          ? Call.unknown(plan.client(), plan.op(), plan.invoked())
          : Call.known(plan.client(), plan.op(), transition.result(), plan.invoked(), plan.returned()));
    }
    return calls;
  }

  private Plan plan(int client, long invoked, int count) {
    long effect = invoked + random.nextInt(10);
    if (random.nextInt(100) >= unknownPercent) {
      return new Plan(client, op(), invoked, effect, effect + random.nextInt(10));
    }
    long late = random.nextInt(3) == 0 ? EFFECT_NEVER : effect + random.nextInt(random.nextBoolean() ? 10 : 10 * count);
    return new Plan(client, op(), invoked, late, Call.NEVER);
  }

  private RegisterOp op() {
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> new RegisterOp.Read();
      case 4, 5 -> new RegisterOp.Put(random.nextInt(3) == 0 ? Bytes.of("1") : values.get());
      case 6 -> new RegisterOp.PutIf(values.get(), new Condition.IsAbsent());
      case 7 -> new RegisterOp.PutIf(values.get(), new Condition.IsPresent());
      case 8 -> new RegisterOp.PutIf(values.get(), new Condition.IsEqual(Bytes.of("1")));
      case 9 -> new RegisterOp.GetAndPut(values.get());
      case 10 -> new RegisterOp.Remove();
      case 11 -> new RegisterOp.RemoveIfEquals(Bytes.of("1"));
      case 12 -> new RegisterOp.GetAndRemove();
      case 13, 14 -> new RegisterOp.Add(1 + random.nextInt(2));
      default -> new RegisterOp.Append(values.get());
    };
  }

  private Call<RegisterOp, RegisterResult> withOtherOutput(Call<RegisterOp, RegisterResult> call) {
    if (!call.isKnown()) {
      return call;
    }
    var other = RegisterModel.apply(random.nextInt(4) == 0 ? Optional.empty() : Optional.of(values.get()), call.input())
        .result();
    return Call.known(call.client(), call.input(), other, call.invoked(), call.returned());
  }
}
