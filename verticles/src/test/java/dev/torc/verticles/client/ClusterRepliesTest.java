package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Load;
import dev.torc.cluster.membership.HealthReport;
import dev.torc.cluster.membership.PeerHealth;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.gossip.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three nodes as clients are told of them. */
class ClusterRepliesTest {
  private static final Ring RING = Ring
      .of(IntStream.range(0, 3).mapToObj(i -> new RingMember(new NodeId(i + 1), i, 1, "z", "d")).toList(), 3);

  private ClusterView view = view(List.of(member(1, 7001), member(2, 7002), member(3, 7003)));
  private final ClusterReplies replies = new ClusterReplies(() -> view, false);

  @Test
  void theSlotMapIsMadeOnceAsLongAsNothingButLoadChanges() {
    var slots = replies.slots("h");
    view = view(view.members().stream().map(member -> member.withLoad(new Load(5, 5, 5)).withHeartbeat(9)).toList());
    assertThat(replies.slots("h")).isSameAs(slots);
  }

  @Test
  void theSlotMapFollowsANodeToItsNewAddress() {
    assertThat(ports()).containsOnly(7001L, 7002L, 7003L);
    view = view(List.of(member(1, 7001), member(2, 7009), member(3, 7003)));
    assertThat(ports()).containsOnly(7001L, 7009L, 7003L);
  }

  @Test
  void theSlotMapCoversEverySlotOnceWithOneNodeEach() {
    int next = 0;
    for (var range : items(replies.slots("h"))) {
      assertThat(items(range)).hasSize(3);
      assertThat(items(range).get(0)).isEqualTo(RespValue.integer(next));
      next = (int) ((RespValue.Int) items(range).get(1)).value() + 1;
    }
    assertThat(next).isEqualTo(16_384);
  }

  @Test
  void withReplicasAnnouncedEachSlotNamesAllOfThem() {
    var slots = new ClusterReplies(() -> view, true).slots("h");
    assertThat(items(slots)).allSatisfy(range -> assertThat(items(range)).hasSize(5));
  }

  @Test
  void aNodeThatIsSuspectedAndOneThatIsDownAreSaidToBe() {
    var health = new HealthReport(List.of(new PeerHealth(new NodeId(2), 9, false, List.of(new NodeId(1))),
        new PeerHealth(new NodeId(3), 40, true, List.of(new NodeId(1), new NodeId(2)))), List.of());
    view = new ClusterView(view.self(), view.members(), RING, List.of(new NodeId(1)), true, PolicyTable.EMPTY, health);
    var lines = ((RespValue.Verbatim) replies.nodes("h")).text().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains(" host:7001@", " myself,master - 0 0 1 connected ");
    assertThat(lines.get(1)).contains(" host:7002@17002 master,fail?,phi=9.0,suspected-by=n1 - 0 ", " disconnected ");
    assertThat(lines.get(2))
        .contains(" host:7003@17003 master,fail,phi=40.0,suspected-by=n1+n2 - 0 ", " disconnected ");
  }

  @Test
  void ofANodeThatIsWellNothingIsSaidBesideItsAddress() {
    var health = new HealthReport(List.of(new PeerHealth(new NodeId(2), 7.9, false, List.of())), List.of());
    view = new ClusterView(view.self(), view.members(), RING, List.of(new NodeId(1), new NodeId(2), new NodeId(3)),
        true, PolicyTable.EMPTY, health);
    assertThat(((RespValue.Verbatim) replies.nodes("h")).text().lines().toList().get(1))
        .contains(" host:7002@17002 master - 0 ");
  }

  private List<Long> ports() {
    var ports = new ArrayList<Long>();
    items(replies.slots("h"))
        .forEach(range -> ports.add(((RespValue.Int) items(items(range).get(2)).get(1)).value()));
    return ports;
  }

  private static List<RespValue> items(RespValue array) {
    return ((RespValue.Array) array).items();
  }

  private static Member member(int id, int port) {
    return Member.founding(new NodeId(id), "n" + id, 1, "host", port, port + 10_000, "z", "d", 1);
  }

  private static ClusterView view(List<Member> members) {
    return new ClusterView(members.getFirst(), members, RING, members.stream().map(Member::id).toList(), true,
        PolicyTable.EMPTY, HealthReport.NONE);
  }
}
