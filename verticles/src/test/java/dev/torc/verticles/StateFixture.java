package dev.torc.verticles;

import dev.torc.cluster.membership.HealthReport;
import dev.torc.cluster.membership.PeerHealth;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.engine.EngineHost;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.client.Clients;
import dev.torc.verticles.client.CommandMeters;
import dev.torc.verticles.client.NodeState;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.gossip.SharedView;
import dev.torc.verticles.loop.EventCounts;
import dev.torc.verticles.loop.PendingHints;
import dev.torc.verticles.loop.ReplicaRounds;
import dev.torc.verticles.loop.UpkeepFigures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a node's figures are made of, with an engine of its own and no node around it: n1, that sees n2 suspected by n1 and n3, and n3 well. */
public final class StateFixture implements AutoCloseable {
  public static final NodeId N2 = new NodeId(2);
  public static final NodeId N3 = new NodeId(3);
  public final NodeState state;

  public StateFixture(Path data) {
    var config = OneNode.config(data, Map.of());
    var engine = RocksEngine.open(NodeSettings.engine(config),
        EngineHost.ofThisMachine(SystemClock::now, new SecureRandom(), broken -> {}));
    state = new NodeState(config, new SharedView(view()), engine, NodeSettings.memory(config, false), new Clients(10),
        new CommandMeters(new SimpleMeterRegistry()), new EventCounts(), new ReplicaRounds(), new PendingHints(),
        new UpkeepFigures(), "0".repeat(40), 0);
  }

  private static ClusterView view() {
    var members = IntStream.rangeClosed(1, 3).mapToObj(
        i -> Member.founding(new NodeId(i), "n" + i, 1, "host", 7_000 + i, 17_000 + i, "z", "d", 1)).toList();
    var ring = Ring.of(IntStream.rangeClosed(1, 3).mapToObj(i -> new RingMember(new NodeId(i), i - 1, 1, "z", "d"))
        .toList(), 3);
    var health = new HealthReport(List.of(new PeerHealth(N2, 9.25, false, List.of(new NodeId(1), N3)),
        new PeerHealth(N3, 0.5, false, List.of())), List.of());
    return new ClusterView(members.getFirst(), members, ring, List.of(new NodeId(1), N3), true, PolicyTable.EMPTY,
        health);
  }

  @Override
  public void close() {
    state.engine().close();
  }
}
