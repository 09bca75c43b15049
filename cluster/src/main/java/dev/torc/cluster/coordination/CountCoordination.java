package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many keys the cluster holds: each slot counted by its first replica that can be reached. A figure, not a promise: a replica may be behind. */
final class CountCoordination extends Coordination {
  private long keys;
  /** Asked only if nobody else can be. */
  private final TreeSet<NodeId> catchingUp = new TreeSet<>();

  CountCoordination(Sink sink) {
    super(sink);
  }

  @Override
  void start(Turn turn) {
    var shares = new TreeMap<NodeId, List<SlotRange>>();
    for (var range : turn.ring().ranges()) {
      var order = ReplicaOrder.of(turn.ring().preferenceList(range.from()), turn);
      if (order.live() == 0) {
        refuse(Refusals.readLevel(Level.ONE, 1, 0, order.size()), turn);
        return;
      }
      var reachable = order.nodes().subList(0, order.live());
      var best = reachable.stream().filter(node -> !catchingUp.contains(node)).findFirst().orElse(reachable.getFirst());
      shares.computeIfAbsent(best, node -> new ArrayList<>()).add(range);
    }
    shares.forEach((node, ranges) -> turn.ask(this, node, new StoreStep.Count(joined(ranges))));
  }

  private static List<SlotRange> joined(List<SlotRange> ranges) {
    var joined = new ArrayList<SlotRange>();
    for (var next : ranges) {
      if (!joined.isEmpty() && joined.getLast().to() == next.from() - 1) {
        joined.set(joined.size() - 1, new SlotRange(joined.getLast().from(), next.to()));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    if (answer instanceof StoreAnswer.Partly && catchingUp.add(replica)) {
      keys = 0;
      turn.dropCalls(this);
      start(turn);
    } else if (answer.told() instanceof StoreAnswer.Counted counted) {
      keys += counted.keys();
      if (openCalls() == 0) {
        turn.reply(this, new Outcome.Counted(keys));
        turn.end(this);
      }
    } else {
      refuse(answer instanceof StoreAnswer.Failed failed ? Refusals.of(failed) : noAnswer(""), turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    refuse(noAnswer(""), turn);
  }

  @Override
  void onTimeout(Turn turn) {
    refuse(noAnswer(" in " + turn.config().timeoutMillis() + " ms"), turn);
  }

  private Outcome noAnswer(String within) {
    return Refusals.readAnswers(Level.ONE, 1, 0, within);
  }

  private void refuse(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }
}
