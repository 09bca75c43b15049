package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryHints;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What can be wrong where nodes hold something for others. */
final class HintMutants {
  private HintMutants() {}

  /** Whether the message brings its owner what the node holds for him, or asks him whether he has it. */
  private static boolean isDelivery(SimNode node, Effect effect) {
    return effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
        && switch (perform.step()) {
          case StoreStep.Merge merge -> held(node, send.to(), merge.key()).equals(merge.incoming());
          case StoreStep.Confirm confirm -> held(node, send.to(), confirm.key()).version().equals(confirm.version());
          default -> false;
        };
  }

  private static StoredRecord held(SimNode node, NodeId owner, Key key) {
    return node.disk().store().hints().all().getOrDefault(new MemoryHints.Id(owner, key), Hint.NONE).record();
  }

  /** A hint counts where replicas alone do. */
  static final class CountsAtAQuorum extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Write it && it.level().equals(Level.QUORUM)
          ? new Request.Write(it.key(), it.content(), it.keepsExpiry(), it.causality(), it.terms().at(Level.SLOPPY))
          : request;
    }
  }

  /** At a level at which others may stand in for replicas one of these is enough. */
  static class SloppyIsOne extends Mutant {
    final TreeSet<Long> sloppy = new TreeSet<>();

    @Override
    Request asked(SimNode node, long id, Request request) {
      if (request instanceof Request.Read it && it.level().equals(Level.SLOPPY)) {
        sloppy.add(id);
        return new Request.Read(it.key(), it.terms().at(Level.ONE), it.bound());
      }
      return request;
    }
  }

  /** The same, and it is told as if it were a quorum. */
  static final class TakesOneForASloppyQuorum extends SloppyIsOne {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      int quorum = Level.SLOPPY.required(node.cluster().config().replicas());
      return effects.stream().map(effect -> effect instanceof Effect.Reply reply && sloppy.contains(reply.request())
          && reply.outcome() instanceof Outcome.Found found
              ? new Effect.Reply(reply.request(), new Outcome.Found(found.record(), quorum, 0))
              : effect)
          .toList();
    }
  }

  /** A hint is let go when it leaves, not when it has arrived. */
  static final class DropsWhatIsUnderWay extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var more = new ArrayList<>(effects);
      for (var effect : effects) {
        if (isDelivery(node, effect) && effect instanceof Effect.Send send
            && send.message() instanceof PeerMessage.Perform it && it.step() instanceof StoreStep.Merge merge) {
          more.add(new Effect.Store(-1,
              new HintStep.Drop(send.to(), merge.key(), merge.incoming(), HintStep.Why.DELIVERED)));
        }
      }
      return more;
    }
  }

  /** A hint goes to the next node that there is. */
  static final class DeliversToSomebodyElse extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var others = node.cluster().nodes().stream().filter(other -> other != node).map(SimNode::id).toList();
      return effects.stream().map(effect -> isDelivery(node, effect) && effect instanceof Effect.Send send
          ? new Effect.Send(others.get((others.indexOf(send.to()) + 1) % others.size()), send.message())
          : effect).toList();
    }
  }
}
