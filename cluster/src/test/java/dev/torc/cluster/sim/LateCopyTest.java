package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.reaping.ReapingConfig;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A deletion is old enough, and all replicas hold it alike; but one of them heard of it only now, and what it was to be told before is still under way. No message outlives its deadline by
 * more than clocks differ, and that is counted from when it was sent, not from the deletion.
 */
class LateCopyTest {
  private static final Key KEY = Key.of(Bytes.of("key"));
  private static final int WROTE = 1;
  private static final int WAS_AWAY = 2;
  private static final long BACK_MILLIS = 10_000;
  /** Less than the time for which a message is taken. */
  private static final long LATE_MILLIS = 4_000;

  /** The first record that is handed over to the one that was away takes its time; it is asked again meanwhile, and has the deletion. */
  private static class Late extends Mutant {
    private boolean isLate;

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var now = new ArrayList<Effect>();
      for (var effect : effects) {
        if (!isLate && node.index() == WROTE && node.cluster().kernel().now() >= BACK_MILLIS
            && effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
            && perform.step() instanceof StoreStep.Merge && node.cluster().indexOf(send.to()) == WAS_AWAY) {
          isLate = true;
          var envelope = new SimNetwork.Envelope(WROTE, perform, node.moment().wallMillis());
          node.cluster().kernel().after(LATE_MILLIS, () -> node.cluster().node(WAS_AWAY).onArrival(envelope));
        } else {
          now.add(effect);
        }
      }
      return now;
    }
  }

  /** Forgets what all hold alike, however short a time they have. */
  private static final class LateAndHasty extends Late {
    @Override
    ReapingConfig reaping(ReapingConfig config) {
      return StoreMutants.atTheFirstLook(config);
    }
  }

  @Test
  void whatWasDeletedDoesNotComeBackByACopyThatIsLate() {
    assertThat(found(Late::new)).isEmpty();
  }

  @Test
  void thatAllHoldTheDeletionNowIsNotEnough() {
    assertThat(found(LateAndHasty::new)).contains(Invariant.NOTHING_SUPERSEDED_RETURNS);
  }

  private static Set<Invariant> found(Supplier<Mutant> mutant) {
    var found = EnumSet.noneOf(Invariant.class);
    for (long seed = 1; seed <= 20; seed++) {
      var cluster = new SimCluster(new SimKernel(seed, false), calm(), mutant.get());
      cluster.compare();
      cluster.nodes().forEach(SimNode::start);
      cluster.links().look(1);
      Simulation.keepTime(cluster);
      cluster.kernel().after(100, () -> isolate(cluster));
      write(cluster, 700, WROTE, false);
      write(cluster, 1_500, 0, true);
      cluster.kernel().after(BACK_MILLIS, cluster.network()::heal);
      cluster.kernel().runUntil(4 * BACK_MILLIS);
      found.addAll(cluster.violations().found().keySet());
    }
    return found;
  }

  private static void isolate(SimCluster cluster) {
    for (int other = 0; other < WAS_AWAY; other++) {
      cluster.network().cut(other, WAS_AWAY);
      cluster.network().cut(WAS_AWAY, other);
    }
  }

  private static void write(SimCluster cluster, long millis, int node, boolean deletes) {
    cluster.kernel().after(millis, () -> {
      long write = cluster.clients().nextWrite();
      var content = deletes ? WriteNumbers.tombstone(write) : Content.of(WriteNumbers.value(write, 0));
      cluster.clients().ask(node, Request.Write.blind(KEY, content, Level.QUORUM), write, false, outcome -> {});
    });
  }

  private static SimConfig calm() {
    return new SimConfig(3, 3, SimConfig.Sync.ALWAYS, 0, 0, 0, false, false, false, false, false, false, 0, 0, 1, 1,
        false, false, 400, false, false, false);
  }
}
