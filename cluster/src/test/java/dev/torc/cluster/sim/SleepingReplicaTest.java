package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slow is not dead: a process that sleeps for two seconds keeps its connections, and only what was asked before anybody noticed waits for it. */
class SleepingReplicaTest {
  private static final int SLEEPER = 1;
  private static final long ASLEEP_AT = 3_000;
  private static final long SLEEP_MILLIS = 2_000;
  /** A quarter of a request's time from when a coordinator first wanted something of it. */
  private static final long NOTICED_MILLIS = SimConfig.COORDINATOR.timeoutMillis() / 4 + 150;

  /** Counts what the sleeper is asked to read for others. */
  private static final class Watch extends Mutant {
    private long readsAt;

    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      if (node.index() == SLEEPER && message instanceof PeerMessage.Perform perform
          && perform.step() instanceof StoreStep.Fetch) {
        readsAt = node.cluster().kernel().now();
      }
      return List.of(message);
    }
  }

  private final Watch watch = new Watch();
  private long sinceNoticed;
  private long failedSinceNoticed;
  private long failedBefore;
  private long openWhenItSlept;

  @Test
  void onlyWhatWasAskedBeforeItWasNoticedWaitsForIt() {
    for (long seed = 1; seed <= 10; seed++) {
      run(seed);
    }
    assertThat(sinceNoticed).isGreaterThan(2_000);
    assertThat(failedSinceNoticed).isZero();
    assertThat(failedBefore).isBetween(1L, openWhenItSlept + 20);
  }

  @Test
  void itIsAskedAgainByItselfWhenItIsAwake() {
    run(1);
    assertThat(watch.readsAt).isGreaterThan(ASLEEP_AT + SLEEP_MILLIS + 500);
  }

  private void run(long seed) {
    var kernel = new SimKernel(seed, false);
    var cluster = new SimCluster(kernel, calm(), watch);
    cluster.nodes().forEach(SimNode::start);
    cluster.links().look(1);
    Simulation.keepTime(cluster);
    for (int client = 0; client < 8; client++) {
      next(cluster, client, 0);
    }
    kernel.after(ASLEEP_AT, () -> {
      openWhenItSlept += cluster.clients().open();
      cluster.node(SLEEPER).pause();
      kernel.after(SLEEP_MILLIS, cluster.node(SLEEPER)::resume);
    });
    kernel.runUntil(ASLEEP_AT + 2 * SLEEP_MILLIS);
    assertThat(cluster.violations().found()).isEmpty();
  }

  /** Four nodes of which three hold each key; nobody notices by silence alone that one sleeps. */
  private static SimConfig calm() {
    return new SimConfig(4, 3, SimConfig.Sync.ALWAYS, 0, 0, 0, false, false, false, false, false, false, 0, 0, 1, 1,
        false, false, 60_000, false, false, false);
  }

  /** One request after another, to the nodes that are awake. */
  private void next(SimCluster cluster, int client, int count) {
    var kernel = cluster.kernel();
    int node = new int[] {0, 2, 3}[client % 3];
    var key = Key.of(Bytes.of("key" + client + "." + count % 10));
    long startedAt = kernel.now();
    long write = count % 3 == 0 ? -1 : cluster.clients().nextWrite();
    cluster.clients().ask(node, request(key, write, count), write, false, outcome -> {
      count(startedAt, outcome);
      kernel.after(kernel.between(1, 30), () -> next(cluster, client, count + 1));
    });
  }

  private static Request request(Key key, long write, int count) {
    return switch (count % 3) {
      case 0 -> new Request.Read(key, Level.QUORUM);
      case 1 -> Request.Write.blind(key, Content.of(WriteNumbers.value(write, 0)), Level.QUORUM);
      default -> new Request.Strong(key, new Change.Put(Content.of(WriteNumbers.value(write, 0)), false,
          Condition.ALWAYS, false), Terms.of(Level.STRONG));
    };
  }

  private void count(long startedAt, Outcome outcome) {
    boolean failed = outcome instanceof Outcome.Refused || outcome instanceof Outcome.Uncertain;
    boolean noticed = startedAt > ASLEEP_AT + NOTICED_MILLIS;
    sinceNoticed += noticed ? 1 : 0;
    failedSinceNoticed += noticed && failed ? 1 : 0;
    failedBefore += !noticed && failed ? 1 : 0;
  }
}
