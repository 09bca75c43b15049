package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.membership.GossipEffect.ClockJudged;
import dev.torc.cluster.message.GossipMessage.Syn;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import java.util.List;
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

  @Test
  void aMessageWithoutASenderIsNoPeer() {
    watch.observe(new Syn("torc", 0, 0, 0, List.of(), List.of()), NOW);
    assertThat(watch.review(peer -> true)).isEmpty();
  }

  private void hear(long peer, long aheadMillis) {
    var sender = Member.founding(new NodeId(peer), "n" + peer, 1, "127.0.0.1", 7001, 17001, "z", "d", 1);
    watch.observe(new Syn("torc", NOW + aheadMillis, 1, 0, List.of(sender), List.of()), NOW);
  }
}
