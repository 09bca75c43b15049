package dev.torc.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitorsTest {
  private static final int COUNT = 8;
  private final List<NodeId> members = Stream.generate(new Random(1)::nextLong).limit(200).map(NodeId::new).sorted()
      .toList();

  @Test
  void eachHasEightOthersAndAllAgreeOnThem() {
    var one = monitors(members.get(3), members);
    var other = monitors(members.get(150), members);
    for (var member : members) {
      assertThat(one.of(member)).hasSize(COUNT).doesNotContain(member).doesNotHaveDuplicates()
          .isEqualTo(other.of(member));
    }
  }

  @Test
  void aNodeWatchesThoseWhoseMonitorItIs() {
    for (var self : members) {
      var monitors = monitors(self, members);
      assertThat(monitors.watched())
          .isEqualTo(members.stream().filter(member -> monitors.isMonitor(self, member)).toList());
    }
  }

  @Test
  void ofFewNodesEachIsWatchedByAllOthers() {
    var three = members.subList(0, 3);
    assertThat(monitors(three.get(0), three).of(three.get(1))).containsExactlyInAnyOrder(three.get(0), three.get(2));
    assertThat(monitors(three.get(0), three.subList(0, 1)).watched()).isEmpty();
  }

  @Test
  void whoLeavesIsReplacedAndNobodyElse() {
    var gone = members.get(77);
    var left = new ArrayList<>(members);
    left.remove(gone);
    var before = monitors(members.get(0), members);
    var after = monitors(members.get(0), left);
    for (var member : left) {
      var kept = new ArrayList<>(before.of(member));
      kept.remove(gone);
      assertThat(after.of(member)).containsAll(kept).hasSize(COUNT);
    }
  }

  private static Monitors monitors(NodeId self, List<NodeId> members) {
    var monitors = new Monitors(self, COUNT);
    monitors.onMembers(members);
    return monitors;
  }
}
