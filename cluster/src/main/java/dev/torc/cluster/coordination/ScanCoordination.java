package dev.torc.cluster.coordination;

import dev.torc.cluster.coordination.Quorum.Verdict;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A page of a scan. One replica alone may have missed a write that its two others acknowledged, and "every key that is there all along is
 * returned" would be broken; so a quorum of replicas lists its keys, and the page is their union as far as all of them have got.
 *
 * <p>Slots with the same replicas are asked for together, in slot order. If the page is short after them, the next such group is asked, a bounded number of
 * times, so that an empty cluster is scanned in few steps and no call runs for ever. In each group one who is late is made up for by another; when the time is up, what the
 * groups before had is a page too.
 */
final class ScanCoordination extends Coordination {
  private static final int MOST_GROUPS = 16;

  private final Request.Scan scan;
  private final TreeSet<Key> found = new TreeSet<>();
  private ScanPoint from;
  private ScanPoint groupEnd = ScanPoint.END;
  private ScanPoint reached;
  private ReplicaOrder order;
  private Quorum answers;
  private List<SlotRange> group = List.of();
  private List<Key> page = new ArrayList<>();
  private int asked;
  private int groups;
  private long lateAtMillis;

  ScanCoordination(Request.Scan scan, Sink sink) {
    super(sink);
    this.scan = scan;
    this.from = scan.from();
  }

  @Override
  void start(Turn turn) {
    group = nextGroup(turn);
    if (group.isEmpty()) {
      from = ScanPoint.END;
      conclude(turn);
      return;
    }
    groups++;
    order = ReplicaOrder.of(turn.ring().preferenceList(group.getFirst().from()), turn);
    answers = new Quorum(Level.QUORUM.required(order.size()), order.size());
    page = new ArrayList<>();
    reached = groupEnd;
    asked = 0;
    if (order.live() < answers.required()) {
      refuse(Refusals.readLevel(Level.QUORUM, answers.required(), order.live(), order.size()), turn);
      return;
    }
    while (asked < answers.required()) {
      askNext(turn);
    }
    long lateAfter = turn.config().speculateAfterMillis();
    lateAtMillis = turn.now().steadyMillis() + lateAfter;
    turn.wakeAfter(this, lateAfter);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    if (!(answer instanceof StoreAnswer.Page listed)) {
      onFailure(replica, Failure.LOST, turn);
      return;
    }
    answers.onSuccess(order.indexOf(replica));
    var next = listed.next().isEnd() ? groupEnd : listed.next();
    reached = next.compareTo(reached) < 0 ? next : reached;
    for (var key : listed.keys()) {
      page.add(Key.of(key));
    }
    if (answers.verdict() == Verdict.REACHED) {
      onPage(turn);
    }
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    answers.onFailure(order.indexOf(replica));
    if (answers.verdict() == Verdict.IMPOSSIBLE) {
      refuse(Refusals.readAnswers(Level.QUORUM, answers.required(), answers.successes(), ""), turn);
    } else if (answers.verdict() == Verdict.PENDING) {
      askNext(turn);
    }
  }

  /** Perhaps on account of a group that has been listed since. */
  @Override
  void onWake(Turn turn) {
    if (turn.now().steadyMillis() >= lateAtMillis) {
      lateAtMillis = Long.MAX_VALUE;
      askNext(turn);
    }
  }

  @Override
  void onTimeout(Turn turn) {
    if (from.compareTo(scan.from()) > 0) {
      conclude(turn);
      return;
    }
    refuse(Refusals.readAnswers(Level.QUORUM, answers.required(), answers.successes(), within(turn)), turn);
  }

  private void onPage(Turn turn) {
    for (var key : page) {
      if (reached.isBehind(key)) {
        found.add(key);
      }
    }
    from = reached;
    turn.dropCalls(this);
    if (found.size() < scan.limit() && groups < MOST_GROUPS && !from.isEnd()) {
      start(turn);
    } else {
      conclude(turn);
    }
  }

  /** The ranges from here on whose slots have the same replicas, in slot order, until others come in between. */
  private List<SlotRange> nextGroup(Turn turn) {
    var ranges = new ArrayList<SlotRange>();
    List<NodeId> replicas = null;
    for (var range : scan.ranges()) {
      for (int slot = Math.max(range.from(), from.slot()); slot <= range.to(); slot++) {
        var holders = sorted(turn.ring().preferenceList(slot).nodes());
        if (replicas != null && !holders.equals(replicas)) {
          groupEnd = new ScanPoint(slot, 0);
          return ranges;
        }
        replicas = holders;
        extend(ranges, slot);
      }
    }
    groupEnd = ScanPoint.END;
    return ranges;
  }

  private static List<NodeId> sorted(List<NodeId> nodes) {
    return nodes.stream().sorted().toList();
  }

  private static void extend(List<SlotRange> ranges, int slot) {
    if (!ranges.isEmpty() && ranges.getLast().to() == slot - 1) {
      ranges.set(ranges.size() - 1, new SlotRange(ranges.getLast().from(), slot));
    } else {
      ranges.add(new SlotRange(slot, slot));
    }
  }

  private void askNext(Turn turn) {
    if (asked < order.live()) {
      turn.ask(this, order.at(asked++), new StoreStep.Scan(group, from, scan.limit()));
    }
  }

  private void conclude(Turn turn) {
    List<Bytes> keys = found.stream().map(Key::bytes).toList();
    turn.reply(this, new Outcome.Listed(keys, from));
    turn.end(this);
  }

  private void refuse(Outcome outcome, Turn turn) {
    turn.reply(this, outcome);
    turn.end(this);
  }
}
