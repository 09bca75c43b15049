package dev.torc.protocol.command;

import java.util.List;

/** The table's group {@code cluster}. */
final class ClusterCommands {
  private static final String ALWAYS = "loading stale";
  private static final String CHANGING = "loading stale tip:nondeterministic_output";

  private ClusterCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("cluster");
    ConnectionCommands.readModes(group);
    group.container("CLUSTER", "3.0.0", "A container for cluster commands.", cluster -> {
      topology(cluster);
      slots(cluster);
    });
    return group.rows();
  }

  private static void topology(CommandGroup cluster) {
    cluster.row("INFO", 2, CHANGING, KeyRange.NONE, "3.0.0", "O(1)", "Returns information about the state of a node.",
        words -> new ServerCommand.ClusterInfo());
    cluster.row("MYID", 2, ALWAYS, KeyRange.NONE, "3.0.0", "O(1)", "Returns the ID of a node.",
        words -> new ServerCommand.ClusterMyId());
    cluster.row("MYSHARDID", 2, CHANGING, KeyRange.NONE, "7.2.0", "O(1)", "Returns the shard ID of a node.",
        words -> new ServerCommand.ClusterMyShardId());
    cluster.row("NODES", 2, CHANGING, KeyRange.NONE, "3.0.0", "O(N) where N is the number of nodes.",
        "Returns the cluster configuration for a node.", words -> new ServerCommand.ClusterNodes());
    cluster.row("SLOTS", 2, CHANGING, KeyRange.NONE, "3.0.0", "O(N) where N is the number of slot ranges.",
        "Returns the mapping of cluster slots to nodes.", words -> new ServerCommand.ClusterSlots());
    cluster.row("SHARDS", 2, CHANGING, KeyRange.NONE, "7.0.0", "O(N) where N is the number of nodes.",
        "Returns the mapping of cluster slots to shards.", words -> new ServerCommand.ClusterShards());
    cluster.row("LINKS", 2, CHANGING, KeyRange.NONE, "7.0.0", "O(N) where N is the number of nodes.",
        "Returns a list of all links to and from peer nodes.", words -> new ServerCommand.ClusterLinks());
    cluster.row("REPLICAS node-id", 3, "admin loading stale tip:nondeterministic_output", KeyRange.NONE, "5.0.0",
        "O(N) where N is the number of replicas.", "Lists the replica nodes of a node.",
        words -> new ServerCommand.ClusterReplicas(words.get(2)));
  }

  private static void slots(CommandGroup cluster) {
    cluster.row("KEYSLOT key", 3, ALWAYS, KeyRange.NONE, "3.0.0", "O(N) where N is the length of the key.",
        "Returns the hash slot for a key.", words -> new ServerCommand.ClusterKeySlot(words.get(2)));
    cluster.row("COUNTKEYSINSLOT slot", 3, "stale", KeyRange.NONE, "3.0.0", "O(N) where N is the number of keys.",
        "Returns the number of keys in a hash slot.", ServerParsing::countKeysInSlot);
    cluster.row("GETKEYSINSLOT slot count", 4, "stale tip:nondeterministic_output", KeyRange.NONE, "3.0.0",
        "O(N) where N is the number of keys asked for.", "Returns the key names in a hash slot.",
        ServerParsing::keysInSlot);
  }
}
