package dev.torc.verticles.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ring as one node sees it: the torc section of its INFO.
 *
 * @param ready whether that node serves
 * @param digest equal on nodes that agree
 * @param name of that node
 * @param catchingUp what it still lacks of what it may have lost; "no" when nothing
 * @param intervalSeconds how often it compares its records with those of each other node
 * @param nodes in the order of the answer
 */
record RingView(boolean ready, String digest, String name, String catchingUp, long intervalSeconds,
    List<Member> nodes) {

  /**
   * One node of the ring.
   *
   * @param address host:port of its clients
   * @param sharePercent of the slots
   * @param hints records that the node which was asked keeps for this one
   * @param comparedSeconds since the two last compared their records; -1 if they have not
   * @param divergentKeys that differed then
   * @param isApart whether the two hold no slot together, and so never compare
   * @param phi how unlikely its silence is, as the answer writes it; a dash for the node itself
   * @param suspectedBy names, with commas between; a dash for nobody
   */
  record Member(String name, String id, String address, String state, String zone, double sharePercent, long keys,
      long hints, long comparedSeconds, long divergentKeys, boolean isApart, long diskBytes, long uptimeSeconds,
      String phi,
      String suspectedBy) {

    boolean isUp() { return state.equals("up"); }

    private static Member parse(String text) {
      Map<String, String> fields = new HashMap<>();
      for (String field : text.split(",")) {
        int equals = field.indexOf('=');
        if (equals > 0) {
          fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
      }
      return new Member(fields.getOrDefault("name", "?"), fields.getOrDefault("id", "?"),
          fields.getOrDefault("address", "?"), fields.getOrDefault("state", "?"), fields.getOrDefault("zone", "?"),
          Double.parseDouble(fields.getOrDefault("share", "0")), number(fields, "keys", -1), number(fields, "hints", 0),
          number(fields, "compared_s", -1), number(fields, "divergent", 0), fields.containsKey("apart"),
          number(fields, "disk_bytes", -1),
          number(fields, "uptime_s", -1), text(fields, "phi"), text(fields, "suspected_by").replace("|", ", "));
    }

    private static String text(Map<String, String> fields, String name) {
      var value = fields.getOrDefault(name, "");
      return value.isEmpty() ? "-" : value;
    }

    private static long number(Map<String, String> fields, String name, long absent) {
      return fields.containsKey(name) ? Long.parseLong(fields.get(name)) : absent;
    }
  }

  /**
   * Reads the section; lines it does not know are left out.
   *
   * @throws IllegalArgumentException when it is not such a section
   */
  static RingView parse(String info) {
    Map<String, String> said = new HashMap<>();
    var nodes = new ArrayList<Member>();
    for (String line : info.split("\r?\n")) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      String value = line.substring(colon + 1);
      if (name.matches("node\\d+")) {
        nodes.add(Member.parse(value));
      } else {
        said.put(name, value);
      }
    }
    if (!said.containsKey("ring_digest")) {
      throw new IllegalArgumentException("no ring in the answer");
    }
    return new RingView(said.getOrDefault("torc_ready", "0").equals("1"), said.get("ring_digest"),
        said.getOrDefault("node_name", "?"), said.getOrDefault("catching_up", "no"),
        Long.parseLong(said.getOrDefault("antientropy_interval_s", "10")), List.copyOf(nodes));
  }

  /** Those that this node sees up, itself not among them. */
  List<Member> othersUp() {
    return nodes.stream().filter(node -> node.isUp() && !node.name().equals(name)).toList();
  }

  /** Of the node itself; -1 if it does not say. */
  long uptimeSeconds() {
    return nodes.stream().filter(node -> node.name().equals(name)).mapToLong(Member::uptimeSeconds).findFirst()
        .orElse(-1);
  }

  /** Whether the node that listens for clients on this port is there and up. */
  boolean isUp(int port) {
    return nodes.stream().anyMatch(node -> node.isUp() && node.address().endsWith(":" + port));
  }
}
