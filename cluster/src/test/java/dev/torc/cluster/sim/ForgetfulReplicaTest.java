package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three replicas of which one forgets, told so that what it forgot matters: what no seed of the rough simulation brings about in any time that one would wait. Each story is told to the code as it is,
 * and nothing is wrong then; and to the code without one of its safety mechanisms, and that is found out.
 */
class ForgetfulReplicaTest {
  private static final int SEEDS = 10;
  private static final int KEEPS = 0;
  private static final int FORGETS = 1;
  private static final int MISSED = 2;
  private static final Key KEY = Key.of(Bytes.of("key"));

  private interface Story {
    void tell(SimCluster cluster);
  }

  @Test
  void withNothingTakenOutNothingIsWrong() {
    for (Story story : List.<Story>of(ForgetfulReplicaTest::askedTooSoon, ForgetfulReplicaTest::askedLater)) {
      assertThat(found(story, Mutant::new)).isEmpty();
    }
    assertThat(found(ForgetfulReplicaTest::promisedBefore, () -> new Holding(Mutant.NONE))).isEmpty();
  }

  @Test
  void whatAReplicaTellsThatIsCatchingUpMustNotCount() {
    assertThat(found(ForgetfulReplicaTest::askedTooSoon, RecoveryMutants.CountsParts::new))
        .contains(Invariant.READS_SEE_WRITES);
  }

  @Test
  void anAcceptorThatMayHaveForgottenMustAbstain() {
    assertThat(found(ForgetfulReplicaTest::askedTooSoon, RecoveryMutants.NeverAbstains::new))
        .contains(Invariant.STRONG_SEES_WRITES);
  }

  @Test
  void anAcceptorMustNotTakePartAgainWithoutTheRecord() {
    assertThat(found(ForgetfulReplicaTest::askedTooSoon, RecoveryMutants.RejoinsWithoutTheRecord::new))
        .contains(Invariant.STRONG_SEES_WRITES);
  }

  @Test
  void aReplicaMustNotCountAgainWithoutTheOthersRecords() {
    assertThat(found(ForgetfulReplicaTest::askedLater, RecoveryMutants.CopiesNothing::new))
        .contains(Invariant.READS_SEE_WRITES, Invariant.STRONG_SEES_WRITES);
  }

  @Test
  void anAcceptorMustNotTakePartAgainBeforeWhatItPromisedCanLeadNowhere() {
    assertThat(
        found(ForgetfulReplicaTest::promisedBefore, () -> new Holding(new RecoveryMutants.BelievesItsPromises())))
        .contains(Invariant.STRONG_WRITES_ARE_A_CHAIN);
  }

  @Test
  void whoeverRaisesItsFloorMustKeepTo() {
    assertThat(found(ForgetfulReplicaTest::promisedBefore, () -> new Holding(new RecoveryMutants.RaisesNothing())))
        .contains(Invariant.STRONG_WRITES_ARE_A_CHAIN);
  }

  /** What one replica missed another one forgot with the power; the third, which has it, cannot be reached, when somebody asks. */
  private static void askedTooSoon(SimCluster cluster) {
    forget(cluster);
    at(cluster, 1_100, () -> {
      isolate(cluster, KEEPS, FORGETS);
      join(cluster, FORGETS, MISSED);
    });
    ask(cluster, 3_000);
    cluster.kernel().runUntil(6_000);
  }

  /** The same, after the one that forgot had all the time to hear it again. */
  private static void askedLater(SimCluster cluster) {
    forget(cluster);
    at(cluster, 1_100, () -> join(cluster, FORGETS, MISSED));
    at(cluster, 9_000, () -> isolate(cluster, KEEPS, FORGETS));
    ask(cluster, 11_000);
    cluster.kernel().runUntil(14_000);
  }

  private static void forget(SimCluster cluster) {
    at(cluster, 100, () -> {
      isolate(cluster, MISSED, KEEPS);
      isolate(cluster, MISSED, FORGETS);
    });
    at(cluster, 700, () -> {
      long write = cluster.clients().nextWrite();
      var request = Request.Write.blind(KEY, Content.of(WriteNumbers.value(write, 0)), Level.QUORUM);
      cluster.clients().ask(KEEPS, request, write, false, outcome -> {});
    });
    at(cluster, 1_000, () -> cluster.node(FORGETS).stop(true));
    at(cluster, 1_200, cluster.node(FORGETS)::start);
  }

  private static void ask(SimCluster cluster, long millis) {
    for (var level : List.of(Level.QUORUM, Level.STRONG)) {
      at(cluster, millis,
          () -> cluster.clients().ask(MISSED, new Request.Read(KEY, level), -1, false, outcome -> {}));
    }
  }

  /**
   * A node whose clock is far ahead has the promises of a majority and is about to have its write accepted. That takes its time, and meanwhile one of those who promised loses its
   * disk, comes back, and is asked for another write by somebody who knows nothing of all that.
   */
  private static void promisedBefore(SimCluster cluster) {
    cluster.node(KEEPS).setClock(SimConfig.WORST_OFFSET_MILLIS);
    at(cluster, 100, () -> isolate(cluster, KEEPS, MISSED));
    strongWrite(cluster, 700, KEEPS);
    at(cluster, 900, () -> cluster.node(KEEPS).setClock(0));
    at(cluster, 1_000, () -> {
      cluster.node(FORGETS).stop(true);
      cluster.node(FORGETS).disk().lose(false);
    });
    at(cluster, 1_200, cluster.node(FORGETS)::start);
    strongWrite(cluster, 15_000, MISSED);
    at(cluster, 22_000, cluster.network()::heal);
    for (var node : cluster.nodes()) {
      at(cluster, 30_000 + 1_000L * node.index(), () -> cluster.clients().ask(node.index(),
          new Request.Read(proposedByThemselves(cluster), Level.STRONG), -1, false, outcome -> {}));
    }
    cluster.kernel().runUntil(40_000);
  }

  /** A key whose operations go to the one that keeps first, then to the one that knows nothing. */
  private static Key proposedByThemselves(SimCluster cluster) {
    var wanted = Stream.of(KEEPS, MISSED, FORGETS).map(index -> cluster.node(index).id()).toList();
    return IntStream.range(0, 1_000).mapToObj(i -> Key.of(Bytes.of("key" + i)))
        .filter(key -> cluster.ring().preferenceList(key.slot()).nodes().equals(wanted)).findFirst().orElseThrow();
  }

  private static void strongWrite(SimCluster cluster, long millis, int node) {
    var key = proposedByThemselves(cluster);
    at(cluster, millis, () -> {
      long write = cluster.clients().nextWrite();
      var change = new Change.Put(Content.of(WriteNumbers.value(write, 0)), false, Condition.ALWAYS, false);
      cluster.clients().ask(node, new Request.Strong(key, change, Terms.of(Level.STRONG)), write, false,
          outcome -> {});
    });
  }

  /** What is to be accepted for the first node takes until the other write is long done. */
  private static final class Holding extends Mutant {
    private static final long UNTIL = 18_000;
    private final Mutant mutant;

    Holding(Mutant mutant) {
      this.mutant = mutant;
    }

    @Override
    CoordinatorConfig config() {
      return new CoordinatorConfig(30_000, 50, SimConfig.LARGE_BYTES, SimConfig.MAX_OPEN, SimConfig.SKEW_MILLIS);
    }

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var now = new ArrayList<Effect>();
      long wait = UNTIL - node.cluster().kernel().now();
      for (var effect : effects) {
        if (node.index() == KEEPS && wait > 0 && isAccept(effect)) {
          node.cluster().kernel().after(wait, () -> node.perform(effect));
        } else {
          now.add(effect);
        }
      }
      return now;
    }

    private static boolean isAccept(Effect effect) {
      return effect instanceof Effect.Store store && store.step() instanceof AcceptorStep.Accept
          || effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
              && perform.step() instanceof AcceptorStep.Accept;
    }

    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      return mutant.perform(store, step, now);
    }

    @Override
    void onForgotten(MemoryReplicaStore store) {
      mutant.onForgotten(store);
    }
  }

  private static Set<Invariant> found(Story story, Supplier<Mutant> mutant) {
    var found = EnumSet.noneOf(Invariant.class);
    for (long seed = 1; seed <= SEEDS; seed++) {
      var cluster = new SimCluster(new SimKernel(seed, false), calm(), mutant.get());
      cluster.nodes().forEach(SimNode::start);
      cluster.links().look(1);
      Simulation.keepTime(cluster);
      story.tell(cluster);
      found.addAll(cluster.violations().found().keySet());
    }
    return found;
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

  private static void join(SimCluster cluster, int one, int other) {
    cluster.network().mend(one, other);
    cluster.network().mend(other, one);
  }
}
