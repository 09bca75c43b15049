package dev.torc.cluster.storage;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.wire.HintCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The hints of the store in memory. */
public final class MemoryHints {
  /** Of whom, and of which key: in the order in which an owner's hints are listed. */
  public record Id(NodeId owner, Key key) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byOwner = owner.compareTo(other.owner);
      return byOwner != 0 ? byOwner : key.compareTo(other.key);
    }
  }

  private final TreeMap<Id, Hint> hints = new TreeMap<>();
  private final TreeMap<NodeId, Long> missed = new TreeMap<>();

  /** The hints themselves, for a test to look at or to roll back. */
  public TreeMap<Id, Hint> all() {
    return hints;
  }

  void continueFrom(MemoryHints former) {
    hints.putAll(former.hints);
    missed.putAll(former.missed);
  }

  StoreAnswer perform(HintStep step, StepContext at) {
    return switch (step) {
      case HintStep.OnKey onKey -> apply(onKey, at);
      case HintStep.ListKept list -> list(list);
      case HintStep.ListOldest list -> list(list);
      case HintStep.CountKept count -> tally();
      case HintStep.TellMissed other -> throw new IllegalArgumentException("not about hints kept here: " + other);
    };
  }

  private StoreAnswer apply(HintStep.OnKey step, StepContext at) {
    var ids = step.owners().stream().map(owner -> new Id(owner, step.key())).toList();
    boolean any = ids.stream().anyMatch(hints::containsKey);
    var judged = step.apply(ids.stream().map(id -> hints.getOrDefault(id, Hint.NONE)).toList(), at);
    for (int i = 0; i < ids.size(); i++) {
      if (judged.hints().get(i).isNone()) {
        hints.remove(ids.get(i));
      } else {
        hints.put(ids.get(i), judged.hints().get(i));
      }
    }
    if (any && step instanceof HintStep.Drop drop && drop.why().isMissed() && !hints.containsKey(ids.getFirst())) {
      missed.put(drop.owner(), at.now().wallMillis());
    }
    return judged.answer();
  }

  private StoreAnswer list(HintStep.ListKept list) {
    var pending = new ArrayList<HintAnswer.Pending>();
    hints.forEach((id, hint) -> {
      boolean isBehind = list.after().isEmpty() || id.key().compareTo(list.after().get()) > 0;
      if (id.owner().equals(list.owner()) && isBehind) {
        pending.add(pending(id, hint));
      }
    });
    return page(pending, list.limit());
  }

  private StoreAnswer list(HintStep.ListOldest list) {
    var pending = new ArrayList<HintAnswer.Pending>();
    hints.forEach((id, hint) -> pending.add(pending(id, hint)));
    pending.removeIf(one -> one.hint().sinceMillis() < list.fromMillis());
    pending.sort(Comparator.comparing(one -> one.hint().sinceMillis()));
    return page(pending, list.limit());
  }

  private static StoreAnswer page(List<HintAnswer.Pending> pending, int limit) {
    boolean isLast = pending.size() <= limit;
    return new HintAnswer.Listed(isLast ? pending : List.copyOf(pending.subList(0, limit)), isLast);
  }

  /** With about the bytes that it would take on a disk. */
  private static HintAnswer.Pending pending(Id id, Hint hint) {
    return new HintAnswer.Pending(id.owner(), id.key(), hint,
        Long.BYTES + id.key().bytes().size() + HintCodec.encode(hint).length);
  }

  private StoreAnswer tally() {
    var owners = new TreeMap<NodeId, HintAnswer.Owed>();
    long oldest = HintAnswer.Tally.NONE;
    for (var entry : hints.entrySet()) {
      var owner = entry.getKey().owner();
      long bytes = pending(entry.getKey(), entry.getValue()).bytes();
      owners.merge(owner, new HintAnswer.Owed(owner, 1, bytes),
          (a, b) -> new HintAnswer.Owed(owner, a.hints() + 1, a.bytes() + b.bytes()));
      oldest = Math.min(oldest, entry.getValue().sinceMillis());
    }
    return new HintAnswer.Tally(List.copyOf(owners.values()), oldest, missed.entrySet().stream()
        .map(one -> new HintAnswer.Missed(one.getKey(), one.getValue())).toList());
  }
}
