package dev.torc.cluster.sim;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.check.Call;
import dev.torc.cluster.check.Linearizability;
import dev.torc.cluster.check.RegisterModel;
import dev.torc.cluster.check.RegisterOp;
import dev.torc.cluster.check.RegisterResult;
import dev.torc.cluster.check.Verdict;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Sibling;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Clients that count, lock and look by strong operations alone, on keys of their own: what they were answered must be a history that one register could
 * have had.
 */
final class StrongWorkload {
  private static final Key COUNTER = Key.of(Bytes.of("counter"));
  private static final Key LOCK = Key.of(Bytes.of("lock"));
  static final List<Key> KEYS = List.of(COUNTER, LOCK);

  /** What is asked of the cluster, and of the model. @param write its number; -1: its value has none */
  private record Asked(Request request, RegisterOp op, long write) {}

  private final SimCluster cluster;
  private final TreeMap<Key, List<Call<RegisterOp, RegisterResult>>> histories = new TreeMap<>();
  private final List<Key> mixed;
  private int clients;

  /** @param mixed keys that others write by ordinary writes, at the same time */
  StrongWorkload(SimCluster cluster, List<Key> mixed) {
    this.cluster = cluster;
    this.mixed = mixed;
    KEYS.forEach(key -> histories.put(key, new ArrayList<>()));
  }

  void go() {
    next(clients++, new Bytes[1]);
  }

  /** @param token the value under which this client holds the lock, or last tried to */
  private void next(int client, Bytes[] token) {
    var kernel = cluster.kernel();
    if (kernel.now() >= SimConfig.ACTIVE_MILLIS) {
      return;
    }
    kernel.after(kernel.between(0, 2L * cluster.config().thinkMillis()), () -> {
      int node = (int) kernel.between(0, cluster.nodes().size() - 1);
      if (cluster.node(node).isUp()) {
        Runnable then = () -> next(client, token);
        switch ((int) kernel.between(0, 2)) {
          case 0 -> ask(client, node, COUNTER, count(), then);
          case 1 -> ask(client, node, LOCK, lock(token), then);
          default -> askMixed(node, mixed.get((int) kernel.between(0, mixed.size() - 1)), then);
        }
      } else {
        next(client, token);
      }
    });
  }

  void checkHistories() {
    histories.forEach((key, calls) -> {
      var verdict = Linearizability.check(new RegisterModel(), calls);
      cluster.violations().check(verdict instanceof Verdict.Linearizable, Invariant.STRONG_IS_LINEARIZABLE,
          key.bytes() + ": " + verdict);
    });
  }

  private void ask(int client, int node, Key key, Asked asked, Runnable then) {
    long invoked = cluster.kernel().now();
    cluster.clients().ask(node, asked.request, asked.write, false, outcome -> {
      var result = resultOf(asked.op, outcome);
      if (result.isPresent()) {
        histories.get(key).add(Call.known(client, asked.op, result.get(), invoked, cluster.kernel().now()));
      } else if (!(outcome instanceof Outcome.Refused)) {
        histories.get(key).add(Call.unknown(client, asked.op, invoked));
      }
      then.run();
    });
  }

  /** What comes of it must fit to what the ordinary reads and writes of the key saw. */
  private void askMixed(int node, Key key, Runnable then) {
    var kernel = cluster.kernel();
    if (kernel.happens(0.4)) {
      cluster.clients().ask(node, new Request.Read(key, Level.STRONG), -1, false, outcome -> then.run());
      return;
    }
    long number = cluster.clients().nextWrite();
    long expiry = kernel.happens(0.2) ? cluster.node(node).moment().wallMillis() + kernel.between(1, 3_000) : 0;
    var content = Content.of(WriteNumbers.value(number, 0), expiry);
    var condition = kernel.happens(0.3) ? Condition.XX : Condition.ALWAYS;
    var change = new Change.Put(content, false, condition, kernel.happens(0.5));
    cluster.clients().ask(node, new Request.Strong(key, change, Terms.of(Level.STRONG)), number, false,
        outcome -> then.run());
  }

  private Asked count() {
    long dice = cluster.kernel().between(0, 9);
    if (dice < 6) {
      return strong(COUNTER, new Change.Add(dice + 1), new RegisterOp.Add(dice + 1), -1);
    }
    return dice < 9
        ? look(COUNTER)
        : strong(COUNTER, new Change.Remove(Condition.ALWAYS, true), new RegisterOp.GetAndRemove(), -1);
  }

  private Asked lock(Bytes[] token) {
    long dice = cluster.kernel().between(0, 9);
    if (dice < 3 && token[0] != null) {
      var held = new Condition(Condition.Kind.IFEQ, token[0]);
      return strong(LOCK, new Change.Remove(held, false), new RegisterOp.RemoveIfEquals(token[0]), -1);
    }
    if (dice < 6) {
      return look(LOCK);
    }
    long number = cluster.clients().nextWrite();
    token[0] = WriteNumbers.value(number, 0);
    var content = Content.of(token[0]);
    return dice < 9
        ? strong(LOCK, new Change.Put(content, false, Condition.NX, false),
            new RegisterOp.PutIf(token[0], new RegisterOp.Condition.IsAbsent()), number)
        : strong(LOCK, new Change.Put(content, false, Condition.ALWAYS, true), new RegisterOp.GetAndPut(token[0]),
            number);
  }

  private static Asked strong(Key key, Change change, RegisterOp op, long write) {
    return new Asked(new Request.Strong(key, change, Terms.of(Level.STRONG)), op, write);
  }

  private static Asked look(Key key) {
    return new Asked(new Request.Read(key, Level.STRONG), new RegisterOp.Read(), -1);
  }

  /** Empty if it is not known whether it was done. */
  private static Optional<RegisterResult> resultOf(RegisterOp op, Outcome outcome) {
    if (outcome instanceof Outcome.Found found) {
      return Optional.of(new RegisterResult.Found(
          found.record().latest().map(Sibling::content).filter(c -> !c.isTombstone()).map(Content::value)));
    }
    return outcome instanceof Outcome.Changed changed ? Optional.of(resultOf(op, changed.result())) : Optional.empty();
  }

  private static RegisterResult resultOf(RegisterOp op, ChangeResult result) {
    return switch (result) {
      case ChangeResult.Done done when op instanceof RegisterOp.GetAndPut || op instanceof RegisterOp.GetAndRemove ->
        new RegisterResult.Found(done.value());
      case ChangeResult.Done done -> new RegisterResult.Applied(done.isDone());
      case ChangeResult.Number number -> new RegisterResult.Number(number.number());
      case ChangeResult.Text text -> throw new IllegalStateException("nobody adds decimals: " + text);
      case ChangeResult.Refused refused -> new RegisterResult.Refused();
      case IntentResult own -> throw new IllegalStateException("not for clients: " + own);
    };
  }
}
