package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.PeerCodec;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comparing costs three replicas that agree, and how soon it finds what one of them missed and nobody keeps for it. */
class ComparingReplicasTest {
  private static final long INTERVAL = SimConfig.ANTI_ENTROPY.intervalMillis();
  private static final long SECOND_LOOK = 1_000;
  /** What a round takes, and half of a tick at each step of it. */
  private static final long ROUND = 300;
  private static final int ROUNDS = 10;
  private static final int SMALL = 100;
  private static final int MISSES = 2;
  private static final Key KEY = Key.of(Bytes.of("key"));

  /** Sees what is compared; and the last node does not get what it is told, nor does anybody keep it for that. */
  private static final class Watch extends Mutant {
    private final List<PeerMessage.Perform> compared = new ArrayList<>();
    private boolean loses;

    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      if (message instanceof PeerMessage.Perform perform && perform.step() instanceof TreeStep) {
        compared.add(perform);
      }
      boolean lost = loses && node.index() == MISSES && message instanceof PeerMessage.Perform perform
          && perform.step() instanceof StoreStep.Merge;
      return lost ? List.of() : List.of(message);
    }

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream()
          .filter(effect -> !(effect instanceof Effect.Store store && store.step() instanceof HintStep.Keep)).toList();
    }
  }

  @Test
  void equalReplicasExchangeOneSmallMessagePerPairAndRound() {
    var watch = new Watch();
    var cluster = start(1, watch);
    write(cluster);
    cluster.kernel().runUntil(2 * INTERVAL);
    watch.compared.clear();
    cluster.kernel().runUntil((2 + ROUNDS) * INTERVAL);
    int pairs = cluster.nodes().size() * (cluster.nodes().size() - 1);
    assertThat(watch.compared.size()).isBetween(pairs * (ROUNDS - 1), pairs * ROUNDS);
    assertThat(watch.compared).allSatisfy(asked -> {
      assertThat(asked.step()).isInstanceOf(TreeStep.Compare.class);
      assertThat(PeerCodec.encode(asked).length).isLessThan(SMALL);
    });
    assertThat(cluster.counts()).doesNotContainKey(Effect.Event.REPAIRED_BY_COMPARISON);
  }

  @Test
  void whatAReplicaMissedIsThereWithinTheIntervalAndASecondLook() {
    for (long seed = 1; seed <= 20; seed++) {
      var watch = new Watch();
      var cluster = start(seed, watch);
      long writtenAt = INTERVAL + cluster.kernel().between(0, 2 * INTERVAL);
      cluster.kernel().runUntil(writtenAt);
      watch.loses = true;
      write(cluster);
      cluster.kernel().runUntil(writtenAt + 50);
      watch.loses = false;
      assertThat(held(cluster, MISSES)).isEqualTo(StoredRecord.EMPTY);
      cluster.kernel().runUntil(writtenAt + INTERVAL + SECOND_LOOK + ROUND);
      assertThat(held(cluster, MISSES)).as("seed %d", seed).isEqualTo(held(cluster, 0))
          .isNotEqualTo(StoredRecord.EMPTY);
      assertThat(cluster.violations().found()).isEmpty();
    }
  }

  private static SimCluster start(long seed, Watch watch) {
    var cluster = new SimCluster(new SimKernel(seed, false), calm(), watch);
    cluster.compare();
    cluster.nodes().forEach(SimNode::start);
    cluster.links().look(1);
    Simulation.keepTime(cluster);
    return cluster;
  }

  private static void write(SimCluster cluster) {
    long write = cluster.clients().nextWrite();
    var request = Request.Write.blind(KEY, Content.of(WriteNumbers.value(write, 0)), Level.QUORUM);
    cluster.clients().ask(0, request, write, false, outcome -> {});
  }

  private static StoredRecord held(SimCluster cluster, int node) {
    return cluster.node(node).disk().store().records().getOrDefault(KEY, StoredRecord.EMPTY);
  }

  private static SimConfig calm() {
    return new SimConfig(3, 3, SimConfig.Sync.ALWAYS, 0, 0, 0, false, false, false, false, false, false, 0, 0, 1, 1,
        false, false, 60_000, false, false, false);
  }
}
