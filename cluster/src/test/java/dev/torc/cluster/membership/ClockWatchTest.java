package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.ClockJudged;
import dev.torc.cluster.ring.NodeId;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final long NOW = 1_700_000_000_000L;
  private final ClockWatch watch = new ClockWatch(5_000);

  @Test
  void whoIsFarFromTheMedianOfItsPeersIsWrongHimself() {
    hear(1, 60_000);
    hear(2, 60_100);
    hear(3, 0);
    assertThat(watch.review(peer -> true)).contains(new ClockJudged(false, 60_000));
    assertThat(watch.review(peer -> true)).as("said once").isEmpty();
    hear(1, 4_000);
    hear(2, -4_000);
    assertThat(watch.review(peer -> true)).contains(new ClockJudged(true, 0));
  }

  @Test
  void onePeerWithABrokenClockAccusesNobody() {
    hear(1, 3_600_000);
    hear(2, 10);
    assertThat(watch.review(peer -> true)).isEmpty();
    hear(3, -10);
    assertThat(watch.review(peer -> true)).isEmpty();
  }

  @Test
  void ofTwoNodesNeitherKnowsWhoIsRight() {
    hear(1, 3_600_000);
    assertThat(watch.review(peer -> true)).isEmpty();
  }

  @Test
  void whoIsDownHasNoSay() {
    hear(1, 60_000);
    hear(2, 60_000);
    assertThat(watch.review(peer -> peer.value() == 1)).isEmpty();
  }

  private void hear(long peer, long aheadMillis) {
    watch.observe(new NodeId(peer), NOW + aheadMillis, NOW);
  }
}
