package dev.torc.verticles.client;

import dev.torc.cluster.membership.PeerHealth;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.gossip.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cluster as Redis Cluster clients want it told: every node is a master of the slots of which it is primary, there are no replicas, nothing is ever
 * moved. The other replicas of a slot serve it just as well, but a client that is told of them counts wrong or reads from too few.
 */
final class ClusterReplies {
  private final Supplier<ClusterView> view;
  private final boolean announceReplicas;
  private ClusterView slotsView;
  private String slotsHost;
  private RespValue slots;

  ClusterReplies(Supplier<ClusterView> view, boolean announceReplicas) {
    this.view = view;
    this.announceReplicas = announceReplicas;
  }

  RespValue info() {
    var current = view.get();
    int nodes = current.ring().members().size();
    int assigned = current.isFormed() ? Slot.COUNT : 0;
    return new RespValue.Verbatim(
        String.join("\r\n", "cluster_enabled:1", "cluster_state:" + (current.isFormed() ? "ok" : "fail"),
            "cluster_slots_assigned:" + assigned, "cluster_slots_ok:" + assigned, "cluster_slots_pfail:0",
            "cluster_slots_fail:0",
            "cluster_known_nodes:" + Math.max(1, current.members().size()), "cluster_size:" + nodes,
            "cluster_current_epoch:1", "cluster_my_epoch:1",
            "cluster_stats_messages_sent:0", "cluster_stats_messages_received:0",
            "total_cluster_links_buffer_limit_exceeded:0", ""));
  }

  RespValue myId() {
    return RespValue.bulk(NodeNames.id(view.get().self().id()));
  }

  RespValue nodes(String localHost) {
    var current = view.get();
    var lines = new StringBuilder();
    for (var member : members(current)) {
      boolean self = member.id().equals(current.self().id());
      boolean alive = current.isAlive(member.id());
      lines.append(NodeNames.id(member.id())).append(' ').append(NodeNames.host(member, current.self(), localHost))
          .append(':')
          .append(member.clientPort()).append('@').append(member.peerPort())
          .append(self ? " myself,master" : flags(current.standing(member.id())))
          .append(doubts(member.id(), current))
          .append(" - 0 ").append(self ? 0 : SystemClock.now().wallMillis()).append(" 1 ")
          .append(alive ? "connected" : "disconnected");
      for (var range : current.ring().primaryRanges(member.id())) {
        lines.append(' ').append(range.from()).append(range.size() == 1 ? "" : "-" + range.to());
      }
      lines.append('\n');
    }
    return new RespValue.Verbatim(lines.toString());
  }

  /**
   * Of whom anybody suspects, how unlikely its silence is and who does, as flags more: clients know some flags and pass over the others. Behind the address, where Redis keeps such things to itself, Lettuce would take
   * them for a host's name. The line of a node that is well has nothing of it.
   */
  private static String doubts(NodeId node, ClusterView view) {
    return view.health().of(node).filter(PeerHealth::isSuspected).map(health -> {
      var observers = health.suspectedBy().stream().map(view::name).collect(Collectors.joining("+"));
      return String.format(Locale.ROOT, ",phi=%.1f", health.phi())
          + (observers.isEmpty() ? "" : ",suspected-by=" + observers);
    }).orElse("");
  }

  private static String flags(ClusterView.Standing standing) {
    return switch (standing) {
      case UP -> " master";
      case SUSPECT -> " master,fail?";
      case DOWN -> " master,fail";
    };
  }

  /** Hot: some clients ask every second. Made anew only when the view has changed. */
  RespValue slots(String localHost) {
    var current = view.get();
    if (slots == null || !standsAs(slotsView, current) || !slotsHost.equals(localHost)) {
      slotsHost = localHost;
      slots = makeSlots(current, localHost);
    }
    slotsView = current;
    return slots;
  }

  /** A node that came back under another address changes the map, though not the ring. */
  private static boolean standsAs(ClusterView before, ClusterView now) {
    var old = before.members();
    var members = now.members();
    return before == now || before.ring() == now.ring() && old.size() == members.size()
        && IntStream.range(0, old.size()).allMatch(i -> old.get(i).standsAs(members.get(i)));
  }

  RespValue shards(String localHost) {
    var current = view.get();
    var shards = new ArrayList<RespValue>();
    for (var member : members(current)) {
      var bounds = new ArrayList<RespValue>();
      for (var range : current.ring().primaryRanges(member.id())) {
        bounds.add(RespValue.integer(range.from()));
        bounds.add(RespValue.integer(range.to()));
      }
      shards.add(RespValue.map(RespValue.bulk("slots"), RespValue.array(bounds), RespValue.bulk("nodes"),
          RespValue.array(shardNode(member, current, localHost))));
    }
    return RespValue.array(shards);
  }

  RespValue links() {
    var current = view.get();
    var links = current.members().stream().filter(member -> !member.id().equals(current.self().id()))
        .map(member -> RespValue.map(
            RespValue.bulk("direction"), RespValue.bulk("to"), RespValue.bulk("node"),
            RespValue.bulk(NodeNames.id(member.id())),
            RespValue.bulk("create-time"), RespValue.integer(member.load().startedAtMillis()), RespValue.bulk("events"),
            RespValue.bulk("rw"),
            RespValue.bulk("send-buffer-allocated"), RespValue.ZERO, RespValue.bulk("send-buffer-used"),
            RespValue.ZERO))
        .toList();
    return RespValue.array(links);
  }

  RespValue replicasOf(String node) {
    boolean known = members(view.get()).stream().anyMatch(member -> NodeNames.id(member.id()).equals(node));
    return known ? RespValue.EMPTY_ARRAY : RespValue.error("ERR Unknown node " + node.replaceAll("[^!-~]", "?"));
  }

  private static List<Member> members(ClusterView view) {
    return view.isFormed() ? view.ringMembers() : List.of(view.self());
  }

  private static RespValue shardNode(Member member, ClusterView current, String localHost) {
    var host = NodeNames.host(member, current.self(), localHost);
    return RespValue.map(RespValue.bulk("id"), RespValue.bulk(NodeNames.id(member.id())), RespValue.bulk("port"),
        RespValue.integer(member.clientPort()), RespValue.bulk("ip"), RespValue.bulk(host), RespValue.bulk("endpoint"),
        RespValue.bulk(host),
        RespValue.bulk("role"), RespValue.bulk("master"), RespValue.bulk("replication-offset"), RespValue.ZERO,
        RespValue.bulk("health"),
        RespValue.bulk(current.isAlive(member.id()) ? "online" : "failed"));
  }

  private RespValue makeSlots(ClusterView current, String localHost) {
    var ring = current.ring();
    var ranges = announceReplicas ? ring.ranges() : ring.primaryRanges();
    return RespValue
        .array(ranges.stream().map(range -> slotEntry(range, ring.preferenceList(range.from()), current, localHost))
            .collect(Collectors.toList()));
  }

  private RespValue slotEntry(SlotRange range, PreferenceList replicas, ClusterView current, String localHost) {
    var entry = new ArrayList<RespValue>();
    entry.add(RespValue.integer(range.from()));
    entry.add(RespValue.integer(range.to()));
    for (NodeId node : announceReplicas ? replicas.nodes() : List.of(replicas.primary())) {
      current.member(node).ifPresent(
          member -> entry.add(RespValue.array(RespValue.bulk(NodeNames.host(member, current.self(), localHost)),
              RespValue.integer(member.clientPort()), RespValue.bulk(NodeNames.id(node)), RespValue.EMPTY_ARRAY)));
    }
    return RespValue.array(entry);
  }
}
