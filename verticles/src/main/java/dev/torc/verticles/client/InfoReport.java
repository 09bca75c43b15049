package dev.torc.verticles.client;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.ring.SlotSet;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.ByteBudget;
import dev.torc.verticles.loop.EventCounts;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** INFO: this node's figures, in Redis's sections and names where clients read them, and a section of Torc's own. */
final class InfoReport {
  private final NodeState node;
  private final Map<String, Consumer<StringBuilder>> sections = new LinkedHashMap<>();

  InfoReport(NodeState node) {
    this.node = node;
    sections.put("server", this::server);
    sections.put("clients", this::clients);
    sections.put("memory", this::memory);
    sections.put("persistence", this::persistence);
    sections.put("stats", this::stats);
    sections.put("replication", this::replication);
    sections.put("cpu", this::cpu);
    sections.put("cluster", this::cluster);
    sections.put("keyspace", this::keyspace);
    sections.put("consistency", this::consistency);
    sections.put("torc", this::torc);
  }

  /** @param wanted in lower case; empty, {@code all}, {@code default} and {@code everything} for all of them */
  RespValue reply(List<String> wanted) {
    boolean all = wanted.isEmpty() || wanted.contains("all") || wanted.contains("default")
        || wanted.contains("everything");
    var text = new StringBuilder();
    sections.forEach((name, section) -> {
      if (all || wanted.contains(name)) {
        text.append(text.isEmpty() ? "# " : "\r\n# ").append(name.substring(0, 1).toUpperCase(Locale.ROOT))
            .append(name.substring(1)).append("\r\n");
        section.accept(text);
      }
    });
    return new RespValue.Verbatim(text.toString());
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private long uptimeSeconds() {
    return (SystemClock.now().wallMillis() - node.startedAtMillis()) / 1000;
  }

  private void server(StringBuilder text) {
    line(text, "redis_version", ConnectionCommands.REDIS_VERSION);
    line(text, "torc_version", version());
    line(text, "redis_mode", "cluster");
    line(text, "os",
        System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
    line(text, "arch_bits", 64);
    line(text, "process_id", ProcessHandle.current().pid());
    line(text, "run_id", node.runId());
    line(text, "tcp_port", node.config().client().port());
    line(text, "server_time_usec", SystemClock.now().wallMillis() * 1000);
    line(text, "uptime_in_seconds", uptimeSeconds());
    line(text, "uptime_in_days", uptimeSeconds() / 86_400);
    line(text, "executable", System.getProperty("java.home") + "/bin/java");
    line(text, "config_file", "");
  }

  private void clients(StringBuilder text) {
    line(text, "connected_clients", node.clients().open());
    line(text, "cluster_connections", Math.max(0, node.view().alive().size() - 1));
    line(text, "torc_sessions", node.clients().sessions());
    line(text, "maxclients", node.clients().limit());
    line(text, "blocked_clients", 0);
  }

  private void memory(StringBuilder text) {
    var runtime = Runtime.getRuntime();
    var figures = node.engine().figures();
    long used = runtime.totalMemory() - runtime.freeMemory();
    line(text, "used_memory", used + figures.memtableBytes() + figures.blockCacheBytes());
    line(text, "used_memory_heap", used);
    line(text, "maxmemory", 0);
    line(text, "maxmemory_policy", "noeviction");
    held(text, "commands", node.memory().commands());
    held(text, "replies", node.memory().replies());
    held(text, "from_peers", node.memory().fromPeers());
    held(text, "to_peers", node.memory().toPeers());
    line(text, "mem_fragmentation_ratio", "1.00");
  }

  private static void held(StringBuilder text, String of, ByteBudget budget) {
    line(text, "torc_held_" + of, budget.heldBytes());
    line(text, "torc_waiting_" + of, budget.waiting());
  }

  private void persistence(StringBuilder text) {
    line(text, "loading", 0);
    line(text, "async_loading", 0);
    line(text, "aof_enabled", 1);
    line(text, "aof_last_write_status", node.engine().refusal().isEmpty() ? "ok" : "err");
    line(text, "rdb_bgsave_in_progress", 0);
  }

  private void stats(StringBuilder text) {
    var meters = node.meters();
    line(text, "total_connections_received", node.clients().accepted());
    line(text, "total_commands_processed", meters.processed());
    line(text, "rejected_connections", node.clients().rejected());
    line(text, "total_error_replies", meters.errors());
    line(text, "expired_keys", node.engine().figures().expiredValues());
    line(text, "evicted_keys", 0);
    line(text, "keyspace_hits", meters.hits());
    line(text, "keyspace_misses", meters.misses());
    line(text, "pubsub_channels", 0);
  }

  private void replication(StringBuilder text) {
    line(text, "role", "master");
    line(text, "connected_slaves", 0);
    line(text, "master_replid", node.runId());
    line(text, "master_repl_offset", 0);
  }

  private void cpu(StringBuilder text) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
      line(text, "used_cpu_sys_and_user", String.format(Locale.ROOT, "%.3f", system.getProcessCpuTime() / 1e9));
    }
  }

  private void cluster(StringBuilder text) {
    line(text, "cluster_enabled", 1);
    line(text, "torc_divergent_keys", node.rounds().divergent());
    line(text, "torc_antientropy_repaired", node.rounds().repaired());
    line(text, "torc_antientropy_oldest_round_seconds", node.rounds().oldestSeconds());
    line(text, "torc_trees", node.engine().trees().isComplete() ? "complete" : "building");
  }

  private void keyspace(StringBuilder text) {
    long keys = node.engine().liveKeys().orElse(0);
    if (keys > 0) {
      line(text, "db0", "keys=" + keys + ",expires=0,avg_ttl=0");
    }
  }

  /** What happened beside plain reads and writes, such as reads that found siblings. */
  private void consistency(StringBuilder text) {
    for (var event : Effect.Event.values()) {
      line(text, EventCounts.name(event), node.events().of(event));
    }
  }

  private void torc(StringBuilder text) {
    var view = node.view();
    var config = node.config();
    line(text, "torc_ready", view.isFormed() ? 1 : 0);
    line(text, "node_id", view.self().id());
    line(text, "node_name", config.name());
    line(text, "cluster_name", config.cluster().name());
    line(text, "ring_digest", Long.toHexString(view.ring().digest()));
    line(text, "ring_nodes", view.ring().members().size());
    line(text, "replicas", config.cluster().replicas());
    line(text, "read_level", config.cluster().readLevel());
    line(text, "write_level", config.cluster().writeLevel());
    line(text, "fsync", config.engine().fsync().name().toLowerCase(Locale.ROOT));
    line(text, "disk", node.engine().refusal().orElse("ok"));
    line(text, "catching_up", catchingUp());
    line(text, "salvage", salvage());
    line(text, "http_port", config.httpPort());
    line(text, "hints_pending", node.hints().tally().owners().stream().mapToLong(Owed::hints).sum());
    line(text, "hints_bytes", node.hints().tally().bytes());
    line(text, "antientropy_interval_s", config.antiEntropy().intervalMillis() / 1000);
    int number = 0;
    for (var member : view.ringMembers()) {
      line(text, "node" + number++, describe(member, view));
    }
  }

  private String catchingUp() {
    var state = node.upkeep().catchUp();
    return state.pending() == 0
        ? "no"
        : state.pending() + " of " + state.slots() + " slots left after "
            + Math.max(0, SystemClock.now().wallMillis() - state.sinceMillis()) / 1000 + " s, " + state.records()
            + " records so far"
            + (state.isWaiting() ? ", waiting: too few of the other replicas can be reached" : "");
  }

  private String salvage() {
    var figures = node.engine().figures();
    return figures.slotsToSalvage() == 0
        ? "no"
        : figures.slotsToSalvage() + " slots to look for in the damaged database, " + figures.salvagedRecords()
            + " records so far";
  }

  private String describe(Member member, ClusterView view) {
    boolean alive = view.isAlive(member.id());
    boolean self = member.id().equals(view.self().id());
    long keys = self ? node.engine().liveKeys().orElse(0) : member.load().keys();
    long disk = self ? node.engine().figures().diskBytes() : member.load().diskBytes();
    long uptime = (SystemClock.now().wallMillis() - member.load().startedAtMillis()) / 1000;
    String state = state(member, view);
    return "name=" + member.name() + ",id=" + member.id() + ",address=" + member.host() + ":" + member.clientPort()
        + ",state=" + state + ",zone="
        + member.zone() + ",share="
        + String.format(Locale.ROOT, "%.1f", view.isFormed() ? 100 * view.ring().share(member.id()) : 0) + ",keys="
        + keys
        + ",hints=" + node.hints().of(member.id()) + compared(member, view) + ",disk_bytes=" + disk + ",uptime_s="
        + (alive ? Math.max(0, uptime) : 0) + health(member, view);
  }

  /** When this node last compared its records with the peer's, and how many keys differed; if it has not yet, whether it ever will. */
  private String compared(Member peer, ClusterView view) {
    return node.rounds().last(peer.id())
        .map(round -> ",compared_s=" + node.rounds().secondsSince(peer.id()) + ",divergent=" + round.divergent())
        .orElseGet(() -> shares(peer, view) ? "" : ",apart=1");
  }

  /** Whether there is a slot that both hold. */
  private boolean shares(Member peer, ClusterView view) {
    return node.engine().trees().inUse().stream()
        .anyMatch(replicas -> !SlotSet.shared(view.ring(), view.self().id(), peer.id(), replicas).isEmpty());
  }

  private static String state(Member member, ClusterView view) {
    return switch (view.standing(member.id())) {
      case UP -> view.isFormed() ? "up" : "founding";
      case SUSPECT -> "suspect";
      case DOWN -> "down";
    };
  }

  /** Of a peer; names of who suspects it, with bars between. */
  private static String health(Member member, ClusterView view) {
    return view.health().of(member.id()).map(health -> String.format(Locale.ROOT, ",phi=%.1f,suspected_by=%s",
        health.phi(), health.suspectedBy().stream().map(view::name).collect(Collectors.joining("|")))).orElse("");
  }

  private static String version() {
    var version = InfoReport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
