package dev.torc.cluster.hint;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Pending;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.upkeep.Errands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Some hints on their way, all at once. Each goes to its receivers as an ordinary merge. That a node has merged it does not mean that it keeps it: with the power it loses what it has not
 * synced. So when all merges are answered, who has merged is asked whether it has the record on disk, all of them in one message to each node, which syncs once for that; and only who says so
 * has it.
 */
final class Transfer {
  static final long TIMEOUT_MILLIS = 1_000;

  /** A hint and whom it goes to. */
  static final class Parcel {
    final Pending pending;
    final List<NodeId> receivers;
    final List<NodeId> confirmed = new ArrayList<>(1);
    private final List<NodeId> merged = new ArrayList<>(1);

    Parcel(Pending pending, List<NodeId> receivers) {
      this.pending = pending;
      this.receivers = receivers;
    }

    /** Whether all who are to have it have it on disk. */
    boolean isComplete() {
      return confirmed.size() == receivers.size();
    }
  }

  private final List<Parcel> parcels;
  private final BiConsumer<List<Parcel>, Errands> ended;
  private int open;

  /** @param ended told once, when nothing is under way any more */
  Transfer(List<Parcel> parcels, BiConsumer<List<Parcel>, Errands> ended) {
    this.parcels = parcels;
    this.ended = ended;
  }

  /** A receiver that cannot be reached is not asked. */
  void begin(Errands errands) {
    open = 1;
    for (var parcel : parcels) {
      for (var receiver : parcel.receivers) {
        if (errands.isLive(receiver)) {
          open++;
          var merge = new StoreStep.Merge(parcel.pending.key(), parcel.pending.hint().record());
          errands.ask(receiver, merge, TIMEOUT_MILLIS, (answer, then) -> onMerged(parcel, receiver, answer, then));
        }
      }
    }
    onMergesAnswered(errands);
  }

  private void onMerged(Parcel parcel, NodeId receiver, StoreAnswer answer, Errands errands) {
    if (answer instanceof StoreAnswer.Merged) {
      parcel.merged.add(receiver);
    }
    onMergesAnswered(errands);
  }

  private void onMergesAnswered(Errands errands) {
    if (--open > 0) {
      return;
    }
    open = 1;
    for (var parcel : parcels) {
      for (var receiver : parcel.merged) {
        open++;
        var confirm = new StoreStep.Confirm(parcel.pending.key(), parcel.pending.hint().record().version(), true);
        errands.ask(receiver, confirm, TIMEOUT_MILLIS, (answer, then) -> onConfirmed(parcel, receiver, answer, then));
      }
    }
    endWhenAnswered(errands);
  }

  private void onConfirmed(Parcel parcel, NodeId receiver, StoreAnswer answer, Errands errands) {
    if (answer instanceof StoreAnswer.Confirmed it && it.holds()) {
      parcel.confirmed.add(receiver);
    }
    endWhenAnswered(errands);
  }

  private void endWhenAnswered(Errands errands) {
    if (--open == 0) {
      ended.accept(parcels, errands);
    }
  }
}
