package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All the parts of one run, wired. */
final class SimCluster {
  private static final Map<Integer, Ring> RINGS = new TreeMap<>();

  private final SimKernel kernel;
  private final SimConfig config;
  private final Mutant mutant;
  private final Ring ring;
  private final Violations violations;
  private final CausalOracle oracle;
  private final SimNetwork network;
  private final SimLinks links;
  private final Clients clients;
  private final List<SimNode> nodes = new ArrayList<>();
  private final TreeMap<NodeId, Integer> indexes = new TreeMap<>();
  private boolean compares;
  private boolean isWell;
  private final Map<Effect.Event, Integer> counts = new EnumMap<>(Effect.Event.class);

  SimCluster(SimKernel kernel, SimConfig config, Mutant mutant) {
    this.kernel = kernel;
    this.config = config;
    this.mutant = mutant;
    this.ring = ringOf(config.nodes(), config.replicas(), config.centers());
    this.violations = new Violations(kernel);
    this.oracle = new CausalOracle(config.nodes(), kernel, violations);
    this.network = new SimNetwork(this, config);
    this.links = new SimLinks(this, config.nodes());
    this.clients = new Clients(this);
    this.isWell = config.isCalm();
    for (int i = 0; i < config.nodes(); i++) {
      nodes.add(new SimNode(this, i, ring.members().get(i).id()));
      indexes.put(nodes.get(i).id(), i);
    }
  }

  private static synchronized Ring ringOf(int nodes, int replicas, int centers) {
    return RINGS.computeIfAbsent(nodes * 100 + replicas * 10 + centers, unknown -> {
      var members = new ArrayList<RingMember>();
      for (int i = 0; i < nodes; i++) {
        members.add(new RingMember(new NodeId(0x1000 + i), i, 1, "", "center" + i % centers));
      }
      return Ring.of(members, replicas);
    });
  }

  SimKernel kernel() {
    return kernel;
  }

  SimConfig config() {
    return config;
  }

  Mutant mutant() {
    return mutant;
  }

  Ring ring() {
    return ring;
  }

  /** How many replicas of the key a level counts, by a coordinator at that node. */
  int required(int node, Key key, Level level) {
    var here = ring.dataCenter(nodes.get(node).id());
    return level.required((int) ring.preferenceList(key.slot()).nodes().stream()
        .filter(replica -> !level.isLocal() || ring.dataCenter(replica).equals(here)).count());
  }

  Violations violations() {
    return violations;
  }

  CausalOracle oracle() {
    return oracle;
  }

  SimNetwork network() {
    return network;
  }

  SimLinks links() {
    return links;
  }

  Clients clients() {
    return clients;
  }

  List<SimNode> nodes() {
    return nodes;
  }

  SimNode node(int index) {
    return nodes.get(index);
  }

  int indexOf(NodeId node) {
    return indexes.get(node);
  }

  /** Whether replicas compare from the start; else the operations alone must do until the quiet end. */
  boolean compares() {
    return compares;
  }

  /** From now on replicas compare. */
  void compare() {
    compares = true;
    nodes.stream().filter(SimNode::isUp).forEach(node -> node.disk().store().trees().setComplete(true));
  }

  /** Whether every node can be reached by every other, and has been for a while. */
  boolean isWell() { return isWell; }

  void becomeWell() {
    isWell = true;
  }

  void count(Effect.Event event) {
    counts.merge(event, 1, Integer::sum);
  }

  Map<Effect.Event, Integer> counts() {
    return counts;
  }
}
