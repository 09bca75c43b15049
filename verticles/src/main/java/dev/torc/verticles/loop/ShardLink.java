package dev.torc.verticles.loop;

import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.engine.StepBatch;
import dev.torc.engine.StorageShard;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One event loop's way to one storage shard: a turn's steps go there as one batch, and its answers come back as one. */
final class ShardLink {
  private static final StoreAnswer BUSY = new StoreAnswer.Failed(StoreAnswer.Cause.BUSY,
      "too many storage steps are waiting");

  /** Takes a batch's answers, on the event loop. */
  interface Answers {
    void accept(long[] tickets, List<StoreAnswer> answers);
  }

  private final StorageShard shard;
  private final Context context;
  private final LoopTurn turn;
  private final ValueSizes sizes;
  private final boolean isBackground;
  private final Answers answers;
  private long bytes;
  private List<StoreStep> steps = new ArrayList<>();
  private long[] tickets = new long[64];

  /** @param isBackground whether no request waits for what goes this way */
  ShardLink(StorageShard shard, Context context, LoopTurn turn, ValueSizes sizes, boolean isBackground,
      Answers answers) {
    this.shard = shard;
    this.context = context;
    this.turn = turn;
    this.sizes = sizes;
    this.isBackground = isBackground;
    this.answers = answers;
  }

  void add(long ticket, StoreStep step) {
    if (steps.isEmpty()) {
      turn.atEnd(this::handOver);
    }
    if (steps.size() == tickets.length) {
      tickets = Arrays.copyOf(tickets, tickets.length * 2);
    }
    tickets[steps.size()] = ticket;
    steps.add(step);
    long valueBytes = StepBatch.bytesOf(step);
    bytes += valueBytes;
    if (valueBytes > ByteBudget.LARGE_BYTES && step instanceof StoreStep.OnKey large) {
      sizes.saw(large.key().bytes(), valueBytes);
    }
  }

  private void handOver() {
    var batch = steps;
    var batchTickets = Arrays.copyOf(tickets, batch.size());
    steps = new ArrayList<>(batch.size());
    long batchBytes = bytes;
    bytes = 0;
    boolean taken = shard.submit(new StepBatch(batch, batchBytes, isBackground,
        done -> context.runOnContext(nothing -> answers.accept(batchTickets, done))));
    if (!taken) {
      answers.accept(batchTickets, batch.stream().map(step -> BUSY).toList());
    }
  }
}
