package dev.torc.cluster.recovery;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.upkeep.Errands;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes in all records of a stretch from the other replicas, page by page from each, all at once. */
final class Copying {
  /** Of a record beside its key and values, about. */
  private static final int RECORD_BYTES = 40;

  private final Stretch stretch;
  /** How far each replica has told; one that failed is missing. */
  private final TreeMap<NodeId, ScanPoint> reached = new TreeMap<>();
  private final TreeSet<NodeId> partly = new TreeSet<>();
  private boolean isStored = true;

  Copying(Stretch stretch) {
    this.stretch = stretch;
  }

  void begin(Errands errands) {
    for (var source : stretch.sources().all()) {
      if (errands.isLive(source)) {
        reached.put(source, new ScanPoint(stretch.range().from(), 0));
      }
    }
    goOn(errands);
  }

  private void goOn(Errands errands) {
    var asked = List.copyOf(reached.keySet());
    var incoming = new ArrayList<SlotAnswer.Kept>();
    for (var source : asked) {
      var from = reached.get(source);
      if (!from.isEnd()) {
        stretch.ask(source, new SlotStep.Records(stretch.range(), from, stretch.config().pageBytes()), errands,
            answer -> onPage(source, answer, incoming));
      }
    }
    stretch.then(later -> store(incoming, later));
  }

  private void onPage(NodeId source, StoreAnswer answer, List<SlotAnswer.Kept> incoming) {
    if (answer instanceof StoreAnswer.Partly) {
      partly.add(source);
    }
    if (answer.told() instanceof SlotAnswer.Records page) {
      incoming.addAll(page.records());
      stretch.onBytes(bytes(page));
      reached.put(source, page.next());
    } else {
      reached.remove(source);
    }
  }

  private static long bytes(SlotAnswer.Records page) {
    return page.records().stream().mapToLong(kept -> RECORD_BYTES + kept.key().size() + kept.record().valueBytes())
        .sum();
  }

  private void store(List<SlotAnswer.Kept> incoming, Errands errands) {
    stretch.tookIn(incoming.size());
    for (var kept : incoming) {
      stretch.ask(errands.self(), new StoreStep.Merge(Key.of(kept.key()), kept.record()), errands,
          answer -> isStored &= answer instanceof StoreAnswer.Merged);
    }
    stretch.then(later -> onStored(later));
  }

  private void onStored(Errands errands) {
    if (!isStored || !stretch.sources().areEnough(reached::containsKey, partly::contains)) {
      stretch.fail(errands);
    } else if (reached.values().stream().allMatch(ScanPoint::isEnd)) {
      stretch.complete(errands);
    } else {
      goOn(errands);
    }
  }
}
