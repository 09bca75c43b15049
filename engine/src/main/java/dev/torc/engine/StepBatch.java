package dev.torc.engine;

import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeStep;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one event loop hands to one shard in one turn.
 *
 * @param steps at least one
 * @param bytes of the values that the steps carry: about how much a commit of them writes
 * @param isBackground whether no request waits for it, so that it waits for requests
 * @param onAnswers called once, on the shard's thread, with an answer to each step; it only passes them on
 */
public record StepBatch(List<StoreStep> steps, long bytes, boolean isBackground,
    Consumer<List<StoreAnswer>> onAnswers) {

  public StepBatch {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a batch without steps");
    }
  }

  public StepBatch(List<StoreStep> steps, Consumer<List<StoreAnswer>> onAnswers) {
    this(steps, bytesOf(steps), false, onAnswers);
  }

  private static long bytesOf(List<StoreStep> steps) {
    long bytes = 0;
    for (int i = 0; i < steps.size(); i++) {
      bytes += bytesOf(steps.get(i));
    }
    return bytes;
  }

  /** Bytes of the value that a step carries. */
  public static long bytesOf(StoreStep step) {
    return switch (step) {
      case StoreStep.Put put -> put.content().value().size();
      case StoreStep.Merge merge -> merge.incoming().valueBytes();
      case StoreStep.Fetch fetch -> 0;
      case StoreStep.Confirm confirm -> 0;
      case StoreStep.Scan scan -> 0;
      case StoreStep.Count count -> 0;
      case StoreStep.Leftovers left -> 0;
      case ReapStep reap -> 0;
      case AcceptorStep.Accept accept -> accept.valueBytes();
      case AcceptorStep other -> 0;
      case HintStep.Keep keep -> keep.incoming().valueBytes();
      case HintStep.PutKept put -> put.put().content().value().size();
      case HintStep other -> 0;
      case TreeStep tree -> 0;
      case SlotStep slot -> 0;
    };
  }
}
