package dev.torc.verticles.loop;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.engine.StorageShard;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** A machine's ways from its event loop to all storage shards: two to each, for requests and for what waits for them. */
final class StoreLinks {
  private final List<ShardLink> requests = new ArrayList<>();
  private final List<ShardLink> background = new ArrayList<>();

  StoreLinks(List<StorageShard> stores, Context context, LoopTurn turn, ValueSizes sizes, ShardLink.Answers answers) {
    for (var store : stores) {
      requests.add(new ShardLink(store, context, turn, sizes, false, answers));
      background.add(new ShardLink(store, context, turn, sizes, true, answers));
    }
  }

  /** Scans, counts and comparisons may go to any shard: they look at what all of them have committed. */
  void add(Effect.Store store) {
    add(store, store.step().isBackground());
  }

  /** What no request waits for, whatever it is. */
  void addBackground(Effect.Store store) {
    add(store, true);
  }

  private void add(Effect.Store store, boolean isBackground) {
    int slot = switch (store.step()) {
      case StoreStep.OnKey step -> step.key().slot();
      case AcceptorStep step -> step.key().slot();
      case HintStep step -> step.slot();
      case StoreStep.Scan scan -> scan.from().slot();
      case StoreStep.Count count -> 0;
      case StoreStep.Leftovers left -> left.from().slot();
      case ReapStep step -> step.key().slot();
      case TreeStep.Compare compare -> 0;
      case TreeStep.Digests digests -> digests.from().slot();
      case SlotStep.Listing listing -> listing.from().slot();
      case SlotStep.OnSlot step -> step.slot();
    };
    (isBackground ? background : requests).get(slot % requests.size()).add(store.ticket(), store.step());
  }
}
