package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A deletion that reached one replica late, by a read that repaired it, and is in its memory alone when all of them hold the same. They forget it together; then that replica loses its power, and has the
 * old value again. Told on purpose, like the stories of {@link ForgetfulReplicaTest}.
 */
class BuriedTooSoonTest {
  private static final int SEEDS = 10;
  private static final int FIRST = 0;
  private static final int SECOND = 1;
  private static final int LATE = 2;
  private static final Key KEY = Key.of(Bytes.of("key"));

  @Test
  void whatIsForgottenByAllComesBackFromNoDisk() {
    assertThat(found(Mutant::new)).isEmpty();
  }

  @Test
  void aReplicaMustNotSayThatItHoldsADeletionBeforeItIsOnItsDisk() {
    assertThat(found(InspectsMemory::new)).contains(Invariant.NOTHING_SUPERSEDED_RETURNS);
  }

  private static void tell(SimCluster cluster) {
    at(cluster, 300, () -> write(cluster, Level.ALL));
    // A restart after the end of the process alone: what it had written is on its disk.
    at(cluster, 1_000, () -> cluster.node(LATE).stop(false));
    at(cluster, 1_200, cluster.node(LATE)::start);
    at(cluster, 2_500, () -> {
      isolate(cluster, LATE, FIRST);
      isolate(cluster, LATE, SECOND);
    });
    at(cluster, 3_500, () -> delete(cluster));
    // Given up, as where there are too many: a hint's owner has what it brings on its disk before it is dropped.
    at(cluster, 4_500, () -> cluster.node(FIRST).disk().store().hints().all().clear());
    at(cluster, 5_000, cluster.network()::heal);
    // Old enough to be forgotten, once that has been so for longer than a message lives. No disk syncs by itself meanwhile.
    at(cluster, 12_500, () -> read(cluster, FIRST));
    at(cluster, 27_000, () -> cluster.node(LATE).stop(true));
    at(cluster, 27_200, cluster.node(LATE)::start);
    for (int node = FIRST; node <= LATE; node++) {
      int asked = node;
      at(cluster, 41_000 + node, () -> read(cluster, asked));
    }
    cluster.kernel().runUntil(46_000);
  }

  private static void read(SimCluster cluster, int node) {
    cluster.clients().ask(node, new Request.Read(KEY, Level.ALL), -1, false, outcome -> {});
  }

  private static void write(SimCluster cluster, Level level) {
    long write = cluster.clients().nextWrite();
    cluster.clients().ask(FIRST, Request.Write.blind(KEY, Content.of(WriteNumbers.value(write, 0)), level), write,
        false, outcome -> {});
  }

  private static void delete(SimCluster cluster) {
    long write = cluster.clients().nextWrite();
    cluster.clients().ask(FIRST, Request.Write.blind(KEY, WriteNumbers.tombstone(write), Level.QUORUM), write, false,
        outcome -> {});
  }

  /** Says what it holds in memory. */
  private static final class InspectsMemory extends Mutant {
    @Override
    boolean isSynced(StoreStep step) {
      return !(step instanceof ReapStep) && super.isSynced(step);
    }
  }

  private static Set<Invariant> found(Supplier<Mutant> mutant) {
    var found = EnumSet.noneOf(Invariant.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      var cluster = new SimCluster(new SimKernel(seed, false), calm(), mutant.get());
      cluster.nodes().forEach(SimNode::start);
      cluster.links().look(1);
      Simulation.tick(cluster);
      at(cluster, 26_900, () -> assertThat(records(cluster)).as("forgotten by all").isEmpty());
      tell(cluster);
      found.addAll(cluster.violations().found().keySet());
    }
    return found;
  }

  private static List<StoredRecord> records(SimCluster cluster) {
    return cluster.nodes().stream().map(node -> node.disk().store().records().get(KEY)).filter(Objects::nonNull)
        .toList();
  }

  /** Nothing happens by chance, but what the disk has not synced when the power goes. */
  private static SimConfig calm() {
    return new SimConfig(3, 3, SimConfig.Sync.NO, 0, 0, 0, false, false, false, false, false, false, 0, 0, 1, 1,
        false, false, 400, false, false, false);
  }

  private static void at(SimCluster cluster, long millis, Runnable what) {
    cluster.kernel().after(millis, what);
  }

  private static void isolate(SimCluster cluster, int one, int other) {
    cluster.network().cut(one, other);
    cluster.network().cut(other, one);
  }
}
