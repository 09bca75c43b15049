package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.PeerDown;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters of up to a thousand nodes: what detection costs, how fast it is, and that it convicts nobody who lives. */
class DetectionScaleTest {
  private static final double LOSS = 0.05;

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void newsReachesAllInRoundsThatGrowAsTheLogarithmAndADeathInTenSecondsForAFewBytes(int size) {
    var net = GossipNet.standing(size, size, GossipConfig.of("torc", size));
    net.loss = LOSS;
    long bytes = net.datagramBytes;
    long datagrams = net.datagrams;
    long cpu = cpuNanos();
    net.run(10_000);
    double bytesPerSecond = (net.datagramBytes - bytes) / 10.0 / size;
    double datagramsPerSecond = (net.datagrams - datagrams) / 10.0 / size;
    double cpuMicros = (cpuNanos() - cpu) / 1_000.0 / 10 / size;
    var restarted = net.nodes.get(size / 2);
    restarted.kill();
    restarted.start();
    long news = net.runUntil(15_000, () -> net.nodes.stream().allMatch(node -> node.gossiper.members().stream()
        .anyMatch(member -> member.id().equals(restarted.id) && member.generation() == restarted.generation)));
    net.run(5_000);
    long down = untilDownEverywhere(net, net.nodes.get(size / 3));
    System.out.printf(Locale.ROOT,
        "detection, %,d nodes, 5 %% loss: news reaches all in %.1f rounds, a crash is down everywhere after %.1f s; "
            + "per node and second %.0f bytes in %.1f datagrams (headers included), the longest of %d bytes; %.0f µs of CPU%n",
        size, news / 1_000.0, down / 1_000.0, bytesPerSecond, datagramsPerSecond, net.largestDatagram, cpuMicros);
    assertThat(bytesPerSecond).isLessThanOrEqualTo(1_500);
    assertThat(down).isLessThan(10_000);
    assertThat(news / 1_000.0).isLessThan(2 + Math.log(size) / Math.log(2));
    assertThat(downs(net)).isEqualTo(size - 1);
  }

  static long untilDownEverywhere(GossipNet net, GossipNet.Node dead) {
    dead.kill();
    return net.runUntil(30_000,
        () -> net.nodes.stream().allMatch(node -> !node.up || node.events.contains(new PeerDown(dead.id))));
  }

  static int downs(GossipNet net) {
    return net.nodes.stream().mapToInt(node -> node.saw(PeerDown.class).size()).sum();
  }

  @Test
  void anHourOfLossAndPausesConvictsNobodyOfSixty() {
    assertNobodyIsConvicted(60, 3_600, 60);
  }

  @Test
  void aMinuteOfLossAndPausesConvictsNobodyOfAThousand() {
    assertNobodyIsConvicted(1_000, 60, 300);
  }

  @Test
  @EnabledIfSystemProperty(named = "detection.hour", matches = "true")
  void anHourOfLossAndPausesConvictsNobodyOfAThousand() {
    assertNobodyIsConvicted(1_000, 3_600, 300);
  }

  private static void assertNobodyIsConvicted(int size, int seconds, int secondsBetweenPauses) {
    var net = GossipNet.standing(7, size, GossipConfig.of("torc", size));
    net.loss = LOSS;
    long cpu = cpuNanos();
    for (int second = 0; second < seconds; second++) {
      net.run(1_000);
      for (var node : net.nodes) {
        if (!node.sleeps && net.random.nextInt(secondsBetweenPauses) == 0) {
          node.sleep(1_000 + net.random.nextInt(2_000));
        }
      }
      if (size == 1_000 && second % 300 == 299) {
        System.out.printf("detection, %,d nodes after %d s: %d convictions%n", size, second + 1, downs(net));
      }
    }
    int suspicions = net.nodes.stream().mapToInt(node -> node.saw(GossipEffect.PeerUnreached.class).size()).sum();
    System.out.printf(Locale.ROOT,
        "detection, %,d nodes, %d s of 5 %% loss, each asleep for 1-3 s every %d s: %d suspicions, %d convictions; %.0f µs of CPU per node and second%n",
        size, seconds, secondsBetweenPauses, suspicions, downs(net), (cpuNanos() - cpu) / 1_000.0 / seconds / size);
    assertThat(net.nodes.stream().flatMap(node -> node.saw(PeerDown.class).stream())).isEmpty();
    assertThat(suspicions).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 60})
  void aMinuteInWhichHalfOfAllIsLostPassesAndIsForgotten(int size) {
    var net = GossipNet.standing(size, size, GossipConfig.of("torc", size));
    net.loss = 0.5;
    net.run(60_000);
    net.loss = 0;
    long recovered = net.runUntil(10_000, () -> allSeeAll(net.nodes));
    net.nodes.forEach(node -> node.events.clear());
    net.run(60_000);
    assertThat(downs(net)).isZero();
    assertThat(allSeeAll(net.nodes)).isTrue();
    System.out.printf(Locale.ROOT, "detection, %d nodes after a minute of 50 %% loss: all see all after %.1f s%n", size,
        recovered / 1_000.0);
  }

  static boolean allSeeAll(List<GossipNet.Node> nodes) {
    return nodes.stream().allMatch(node -> nodes.stream().allMatch(other -> node.gossiper.alive(other.id)));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
