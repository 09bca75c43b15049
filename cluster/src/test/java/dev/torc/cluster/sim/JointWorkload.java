package dev.torc.cluster.sim;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.check.Call;
import dev.torc.cluster.check.Linearizability;
import dev.torc.cluster.check.Verdict;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.sim.JointModel.Op;
import dev.torc.cluster.sim.JointModel.Result;
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
 * Clients that move, copy and set three keys of one slot together, and each alone: what they were answered must be a history that one object of three values
 * could have had.
 */
final class JointWorkload {
  private static final int WRITERS = 3;
  private static final int READERS = 2;
  static final List<Key> KEYS = List.of(Key.of(Bytes.of("{t}a")), Key.of(Bytes.of("{t}b")),
      Key.of(Bytes.of("{t}c")));
  private static final long SETTLE_MILLIS = 4_000;

  private record Asked(Request request, Op op) {}

  private final SimCluster cluster;
  private final List<Call<Op, Result>> history = new ArrayList<>();
  private int clients;
  private int values;

  JointWorkload(SimCluster cluster) {
    this.cluster = cluster;
  }

  void go() {
    for (int i = 0; i < WRITERS; i++) {
      next(clients++);
    }
    for (int i = 0; i < READERS; i++) {
      look(clients++);
    }
  }

  /** One key, and at once another, through any node: of what moves between them, both reads must tell the same. */
  private void look(int client) {
    var kernel = cluster.kernel();
    if (kernel.now() >= SimConfig.ACTIVE_MILLIS) {
      return;
    }
    int key = (int) kernel.between(0, KEYS.size() - 1);
    int other = (key + (int) kernel.between(1, KEYS.size() - 1)) % KEYS.size();
    kernel.after(kernel.between(10, 2L * cluster.config().thinkMillis()),
        () -> look(client, key, () -> look(client, other, () -> look(client))));
  }

  private void look(int client, int key, Runnable then) {
    int node = (int) cluster.kernel().between(0, cluster.nodes().size() - 1);
    if (cluster.node(node).isUp()) {
      ask(client, node, read(key), then);
    } else {
      look(client);
    }
  }

  private static Asked read(int key) {
    return new Asked(new Request.Read(KEYS.get(key), Level.STRONG), new Op.Read(key));
  }

  private void next(int client) {
    var kernel = cluster.kernel();
    if (kernel.now() >= SimConfig.ACTIVE_MILLIS) {
      return;
    }
    kernel.after(kernel.between(0, 4L * cluster.config().thinkMillis()), () -> {
      int node = (int) kernel.between(0, cluster.nodes().size() - 1);
      if (cluster.node(node).isUp()) {
        ask(client, node, asked(), () -> next(client));
      } else {
        next(client);
      }
    });
  }

  /** When all is well again: what is there now belongs to the history, and nobody holds a key. */
  void check() {
    for (int i = 0; i < KEYS.size(); i++) {
      ask(clients, 0, read(i), () -> {});
      cluster.kernel().runUntil(cluster.kernel().now() + SETTLE_MILLIS);
    }
    var verdict = Linearizability.check(new JointModel(KEYS.size()), history);
    cluster.violations().check(verdict instanceof Verdict.Linearizable, Invariant.JOINT_IS_ATOMIC, verdict.toString());
    KEYS.forEach(this::checkFree);
  }

  /** What no majority accepted in one round is not chosen, and one who forgot that it did may keep it. */
  private void checkFree(Key key) {
    var holders = new TreeMap<Ballot, Integer>();
    for (var node : cluster.nodes()) {
      var state = node.disk().store().acceptors().getOrDefault(key, AcceptorState.EMPTY);
      if (state.results().intents().intent().isPresent()) {
        holders.merge(state.accepted(), 1, Integer::sum);
      }
    }
    int majority = Level.STRONG.required(cluster.config().replicas());
    cluster.violations().check(holders.values().stream().allMatch(count -> count < majority),
        Invariant.NO_INTENT_STAYS, key.bytes() + " is held at " + holders);
  }

  private void ask(int client, int node, Asked asked, Runnable then) {
    long invoked = cluster.kernel().now();
    cluster.clients().ask(node, asked.request, -1, false, outcome -> {
      var result = resultOf(asked.op, outcome);
      if (result.isPresent()) {
        history.add(Call.known(client, asked.op, result.get(), invoked, cluster.kernel().now()));
      } else if (!(outcome instanceof Outcome.Refused)) {
        history.add(Call.unknown(client, asked.op, invoked));
      }
      then.run();
    });
  }

  private Asked asked() {
    var kernel = cluster.kernel();
    int key = (int) kernel.between(0, KEYS.size() - 1);
    int other = (key + (int) kernel.between(1, KEYS.size() - 1)) % KEYS.size();
    boolean flag = kernel.happens(0.5);
    return switch ((int) kernel.between(0, 9)) {
      case 0, 1, 2 -> all(List.of(other, key), new Joint.Move(flag), new Op.Move(key, other, flag));
      case 3 -> all(List.of(other, key), new Joint.Copy(flag), new Op.Copy(key, other, flag));
      case 4, 5 -> {
        var both = List.of(value(), value());
        yield all(List.of(key, other), new Joint.SetAllIfAbsent(both),
            new Op.SetAllIfAbsent(List.of(key, other), both));
      }
      case 6, 7 -> {
        var value = value();
        var put = new Change.Put(Content.of(value), false, Condition.ALWAYS, true);
        yield new Asked(new Request.Strong(KEYS.get(key), put, Terms.of(Level.STRONG)), new Op.GetAndPut(key, value));
      }
      default -> read(key);
    };
  }

  private Asked all(List<Integer> places, Joint joint, Op op) {
    var keys = places.stream().map(KEYS::get).toList();
    return new Asked(new Request.StrongAll(keys, joint, Terms.of(Level.STRONG)), op);
  }

  /** Told apart from all others, but no numbered write: it may be under two keys. */
  private Bytes value() {
    return Bytes.of("j" + values++);
  }

  /** Empty if it is not known whether it was done. */
  private static Optional<Result> resultOf(Op op, Outcome outcome) {
    if (outcome instanceof Outcome.Found found) {
      return Optional.of(new Result.Found(
          found.record().latest().map(Sibling::content).filter(c -> !c.isTombstone()).map(Content::value)));
    }
    if (outcome instanceof Outcome.Changed changed) {
      return Optional.of(switch (changed.result()) {
        case ChangeResult.Done done when op instanceof Op.GetAndPut -> new Result.Found(done.value());
        case ChangeResult.Done done -> new Result.Done(done.isDone());
        case ChangeResult.Refused refused -> new Result.NoSuchKey();
        case ChangeResult other -> throw new IllegalStateException("nobody asked for " + other);
      });
    }
    return Optional.empty();
  }
}
