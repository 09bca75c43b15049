package dev.torc.cluster.antientropy;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.storage.Trees;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.cluster.upkeep.Pace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.BiConsumer;

/**
 * Down two trees to the keys that differ, and repair them. This node shows the peer a node of its tree; the peer answers with the hashes of the children where it differs; where
 * these differ from this node's, they are shown next, and so on down to the leaves: d keys of n cost O(d log n) bytes, and equal trees one small message each way.
 * Of a leaf both list their keys; a key that differs is left alone for a second and then looked at again ({@link SecondLook}). What differs still goes
 * both ways, whole, and is merged.
 *
 * <p>It goes down first and wide later, and no further while much waits to be looked at again, so that it needs little memory even if everything differs. Everything it asks for is
 * paced, and begun only when time passes, never by an answer.
 */
final class TreeExchange {
  static final long SECOND_LOOK_MILLIS = 1_000;
  private static final int SHOWN = 32;
  private static final int WAITING_LEAVES = 256;
  private static final int WAITING_KEYS = 4_096;
  /** Of a message and its answer beside what they carry. */
  private static final int HEAD_BYTES = 80;
  private static final int NODE_BYTES = 12;
  private static final int CHILDREN_BYTES = 132;
  private static final int RECORD_BYTES = 40;

  private record Waiting(LeafLook.Differing first, long sinceMillis) {}

  private final NodeId peer;
  private final TreeStep.Scope scope;
  private final SlotSet among;
  private final Trees trees;
  private final Pace pace;
  private final long timeoutMillis;
  private final ArrayDeque<Integer> nodes = new ArrayDeque<>();
  private final ArrayDeque<Integer> leaves = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean incomplete;
  private long divergent;
  private long repaired;
  private long bytes;

  TreeExchange(NodeId peer, TreeStep.Scope scope, SlotSet among, Trees trees, Pace pace,
      long timeoutMillis) {
    this.peer = peer;
    this.scope = scope;
    this.among = among;
    this.trees = trees;
    this.pace = pace;
    this.timeoutMillis = timeoutMillis;
    nodes.add(TreeNodes.ROOT);
  }

  boolean isDone() { return underWay == 0 && nodes.isEmpty() && leaves.isEmpty() && waiting.isEmpty(); }

  boolean isComplete() { return isDone() && !incomplete; }

  long divergent() {
    return divergent;
  }

  long repaired() {
    return repaired;
  }

  long bytes() {
    return bytes;
  }

  /** Nothing more is begun. */
  void giveUp() {
    incomplete = true;
    nodes.clear();
    leaves.clear();
    waiting.clear();
  }

  void onTick(Errands errands) {
    long now = errands.now().steadyMillis();
    while (pace.mayAsk(now)) {
      if (!waiting.isEmpty() && now - waiting.peek().sinceMillis >= SECOND_LOOK_MILLIS) {
        lookAgain(new SecondLook(waiting.poll().first), errands);
      } else if (!leaves.isEmpty() && waiting.size() < WAITING_KEYS) {
        list(leaves.poll(), errands);
      } else if (!nodes.isEmpty() && leaves.size() < WAITING_LEAVES) {
        compare(errands);
      } else {
        return;
      }
    }
  }

  private void compare(Errands errands) {
    var shown = new ArrayList<TreeStep.Shown>();
    while (shown.size() < SHOWN && !nodes.isEmpty()) {
      int node = nodes.poll();
      shown.add(new TreeStep.Shown(node, hash(node)));
    }
    count((long) NODE_BYTES * shown.size());
    ask(peer, new TreeStep.Compare(scope, among, shown), errands, (answer, then) -> {
      if (answer instanceof TreeAnswer.Compared compared) {
        count((long) CHILDREN_BYTES * compared.nodes().size());
        compared.nodes().forEach(this::descend);
      } else {
        giveUp();
      }
    });
  }

  private void descend(TreeAnswer.Differing differing) {
    if (TreeNodes.isLeaf(differing.node())) {
      leaves.add(differing.node());
    }
    for (int i = 0; i < differing.children().size(); i++) {
      int child = TreeNodes.child(differing.node(), i);
      if (hash(child) != differing.children().get(i)) {
        nodes.push(child);
      }
    }
  }

  private long hash(int node) {
    return trees.hash(scope.replicas(), node, among);
  }

  private void list(int leaf, Errands errands) {
    var look = new LeafLook();
    list(errands.self(), TreeStep.Digests.of(scope, leaf), look, errands);
    list(peer, TreeStep.Digests.of(scope, leaf), look, errands);
  }

  private void list(NodeId node, TreeStep.Digests page, LeafLook look, Errands errands) {
    ask(node, page, errands, (answer, then) -> {
      if (!(answer instanceof TreeAnswer.Digested digested)) {
        onFailure(answer);
        return;
      }
      boolean isMine = node.equals(then.self());
      digested.keys().forEach(digest -> count(isMine ? 0 : NODE_BYTES + digest.key().size()));
      look.add(isMine, digested);
      if (!digested.next().isEnd()) {
        list(node, new TreeStep.Digests(scope, page.leaf(), digested.next()), look, then);
      } else if (look.isComplete()) {
        look.differing().forEach(first -> waiting.add(new Waiting(first, then.now().steadyMillis())));
      }
    });
  }

  private void lookAgain(SecondLook look, Errands errands) {
    fetch(errands.self(), look, errands);
    fetch(peer, look, errands);
  }

  private void fetch(NodeId node, SecondLook look, Errands errands) {
    ask(node, new StoreStep.Fetch(look.key(), StoreStep.Fetch.NO_LIMIT), errands, (answer, then) -> {
      // What a replica tells that is catching up is as good: it is merged.
      if (!(answer.told() instanceof StoreAnswer.Held held)) {
        onFailure(answer);
        return;
      }
      boolean isMine = node.equals(then.self());
      count(isMine ? 0 : RECORD_BYTES + held.record().valueBytes());
      look.onHeld(isMine, held.record());
      if (look.isComplete()) {
        repair(look, then);
      }
    });
  }

  private void repair(SecondLook look, Errands errands) {
    divergent += look.isDivergent() ? 1 : 0;
    boolean lacksHere = look.lacks(true);
    boolean lacksThere = look.lacks(false);
    if (lacksHere) {
      merge(errands.self(), new StoreStep.Merge(look.key(), look.theirs()), errands);
    }
    if (lacksThere) {
      count(RECORD_BYTES + look.mine().valueBytes());
      merge(peer, new StoreStep.Merge(look.key(), look.mine()), errands);
    }
    if (lacksHere || lacksThere) {
      repaired++;
      errands.announce(Effect.Event.REPAIRED_BY_COMPARISON);
    }
  }

  private void merge(NodeId node, StoreStep.Merge merge, Errands errands) {
    ask(node, merge, errands, (answer, then) -> {
      if (!(answer instanceof StoreAnswer.Merged)) {
        onFailure(answer);
      }
    });
  }

  private void onFailure(StoreAnswer answer) {
    incomplete = true;
    if (!(answer instanceof StoreAnswer.Failed failed) || failed.cause() != StoreAnswer.Cause.DISK) {
      giveUp();
    }
  }

  private void ask(NodeId node, StoreStep step, Errands errands, BiConsumer<StoreAnswer, Errands> then) {
    long asked = errands.now().steadyMillis();
    underWay++;
    pace.onAsked();
    count(node.equals(peer) ? HEAD_BYTES : 0);
    errands.ask(node, step, timeoutMillis, (answer, later) -> {
      underWay--;
      long now = later.now().steadyMillis();
      boolean isLost = answer instanceof StoreAnswer.Failed failed && failed.cause() != StoreAnswer.Cause.DISK;
      pace.onAnswered(now - asked, isLost, now);
      then.accept(answer, later);
    });
  }

  private void count(long more) {
    bytes += more;
    pace.onBytes(more);
  }
}
