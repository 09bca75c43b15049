package dev.torc.engine;

import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one event loop hands to one shard in one turn.
 *
 * @param steps at least one
 * @param onAnswers called once, on the shard's thread, with an answer to each step; it only passes them on
 */
public record StepBatch(List<StoreStep> steps, Consumer<List<StoreAnswer>> onAnswers) {

  public StepBatch {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a batch without steps");
    }
  }

  /** About how much a commit of these may write. */
  long bytes() {
    long bytes = 0;
    for (int i = 0; i < steps.size(); i++) {
      bytes += switch (steps.get(i)) {
        case StoreStep.Put put -> put.content().value().size();
        case StoreStep.Merge merge -> merge.incoming().valueBytes();
        case StoreStep.Fetch fetch -> 0;
        case StoreStep.Scan scan -> 0;
        case StoreStep.Count count -> 0;
      };
    }
    return bytes;
  }
}
