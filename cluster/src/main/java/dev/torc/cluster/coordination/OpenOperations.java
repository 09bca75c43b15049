package dev.torc.cluster.coordination;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.time.DeadlineQueue;
import dev.torc.cluster.time.Moment;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is going on: the operations, the answers that they wait for, and when each is to be looked at.
 *
 * <p>Ids start at a random number. If they began at the same one in each life of the process, an answer that was under way while the node restarted
 * would be taken for the answer to another question.
 */
final class OpenOperations {
  /** Why an operation is looked at, in the lower bits of a deadline's token; the upper ones are its id. */
  private static final int KIND_BITS = 2;
  private static final int LATE = 0;
  private static final int TIMEOUT = 1;
  private static final int WAKE = 2;
  private static final int SILENCE = 3;
  private static final long OPERATION_ID_MASK = Long.MAX_VALUE >>> KIND_BITS;

  private final LongTable<Coordination> operations = new LongTable<>();
  private final LongTable<Call> calls = new LongTable<>();
  private final DeadlineQueue deadlines = new DeadlineQueue();
  private final Latencies latencies;
  private long nextId;

  OpenOperations(long firstId, Latencies latencies) {
    this.nextId = firstId;
    this.latencies = latencies;
  }

  Latencies latencies() {
    return latencies;
  }

  int size() {
    return operations.size();
  }

  int calls() {
    return calls.size();
  }

  void open(Coordination operation, Turn turn) {
    long now = turn.now().steadyMillis();
    long id = nextId++ & OPERATION_ID_MASK;
    long timeout = operation.timeoutMillis(turn.config());
    operation.opened(id, now + timeout);
    operations.put(id, operation);
    if (operation.keepsHints()) {
      deadlines.add(now + operation.silenceMillis(turn.config()), id << KIND_BITS | SILENCE);
    } else {
      deadlines.add(now + timeout, id << KIND_BITS | TIMEOUT);
    }
    long late = operation.lateAfterMillis(turn);
    if (late > 0) {
      deadlines.add(now + late, id << KIND_BITS | LATE);
    }
  }

  /** Has the operation looked at again, if it is still open by then. */
  void wakeAt(long steadyMillis, Coordination operation) {
    deadlines.add(steadyMillis, operation.id() << KIND_BITS | WAKE);
  }

  /** The same for whether something is late. */
  void lateAt(long steadyMillis, Coordination operation) {
    deadlines.add(steadyMillis, operation.id() << KIND_BITS | LATE);
  }

  void end(Coordination operation, Moment now) {
    operations.remove(operation.id());
    dropCalls(operation, now);
  }

  boolean isOpen(Coordination operation) {
    return operations.find(operation.id()) == operation;
  }

  /** Whatever is answered to requests made so far is ignored. */
  void dropCalls(Coordination operation, Moment now) {
    for (int i = operation.openCalls() - 1; i >= 0; i--) {
      long call = operation.callAt(i);
      if (calls.remove(call) instanceof Call.OfOperation ours) {
        latencies.onGivenUp(ours, now);
      }
      operation.removeCall(call);
    }
  }

  /** The id under which the operation's request to the replica is to be answered. */
  long expect(Coordination operation, NodeId replica, boolean isForward, Moment now) {
    long id = nextId++;
    var call = new Call.OfOperation(id, operation, replica, isForward, now.steadyMillis());
    calls.put(id, call);
    operation.addCall(id);
    latencies.onAsked(replica, isForward, call.askedAt());
    return id;
  }

  long expectFor(long origin, long peersId) {
    long id = nextId++;
    calls.put(id, new Call.OfPeer(origin, peersId));
    return id;
  }

  /** @param store this node itself */
  long expectMergeFor(long origin, long peersId, NodeId store, Moment now) {
    long id = nextId++;
    calls.put(id, new Call.OfWriter(origin, peersId, store, now.steadyMillis()));
    latencies.onAsked(store, false, now.steadyMillis());
    return id;
  }

  long expectFor(long origin, long peersId, AcceptorStep step) {
    long id = nextId++;
    calls.put(id, new Call.OfProposer(origin, peersId, step));
    return id;
  }

  /** Who waited for this answer; null if nobody does any more. It is given once. */
  Call answered(long id, Moment now) {
    var call = calls.remove(id);
    if (call instanceof Call.OfOperation ours) {
      ours.operation().removeCall(id);
      latencies.onAnswer(ours.replica(), ours.isForward(), ours.askedAt(), now);
    } else if (call instanceof Call.OfWriter writer) {
      latencies.onAnswer(writer.store(), false, writer.askedAt(), now);
    }
    return call;
  }

  /** Who waited for an answer that does not come; null if nobody does any more. */
  Call.OfOperation lost(long id, Moment now) {
    if (calls.find(id) instanceof Call.OfOperation ours) {
      calls.remove(id);
      ours.operation().removeCall(id);
      latencies.onGivenUp(ours, now);
      return ours;
    }
    return null;
  }

  /** Answers expected from the replica. */
  List<Call.OfOperation> callsTo(NodeId replica) {
    return calls.values().stream()
        .flatMap(call -> call instanceof Call.OfOperation ours && ours.replica().equals(replica)
            ? Stream.of(ours)
            : Stream.empty())
        .toList();
  }

  void wake(Turn turn) {
    deadlines.drain(turn.now(), token -> {
      var operation = operations.find(token >> KIND_BITS);
      if (operation != null) {
        wake(operation, (int) token & (1 << KIND_BITS) - 1, turn);
      }
    });
  }

  /** Most operations have ended before the first of their deadlines, so the second is noted only then. */
  private void wake(Coordination operation, int kind, Turn turn) {
    switch (kind) {
      case LATE -> operation.onLate(turn);
      case TIMEOUT -> operation.onTimeout(turn);
      case WAKE -> operation.onWake(turn);
      case SILENCE -> {
        deadlines.add(operation.endsAtMillis(), operation.id() << KIND_BITS | TIMEOUT);
        operation.onSilence(turn);
      }
      default -> throw new IllegalStateException("a deadline of kind " + kind);
    }
  }
}
