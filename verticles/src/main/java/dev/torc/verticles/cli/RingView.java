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
 * @param catchingUp what it still lacks of what it may have lost; "no" when nothing
 * @param nodes in the order of the answer
 */
record RingView(boolean ready, String digest, String catchingUp, List<Member> nodes) {

  /**
   * One node of the ring.
   *
   * @param address host:port of its clients
   * @param sharePercent of the slots
   * @param phi how unlikely its silence is, as the answer writes it; a dash for the node itself
   * @param suspectedBy names, with commas between; a dash for nobody
   */
  record Member(String name, String id, String address, String state, String zone, double sharePercent, long keys,
      long diskBytes, long uptimeSeconds, String phi, String suspectedBy) {

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
          Double.parseDouble(fields.getOrDefault("share", "0")), number(fields, "keys"), number(fields, "disk_bytes"),
          number(fields, "uptime_s"), text(fields, "phi"), text(fields, "suspected_by").replace("|", ", "));
    }

    private static String text(Map<String, String> fields, String name) {
      var value = fields.getOrDefault(name, "");
      return value.isEmpty() ? "-" : value;
    }

    private static long number(Map<String, String> fields, String name) {
      return Long.parseLong(fields.getOrDefault(name, "-1"));
    }
  }

  /**
   * Reads the section; lines it does not know are left out.
   *
   * @throws IllegalArgumentException when it is not such a section
   */
  static RingView parse(String info) {
    boolean ready = false;
    String digest = null;
    String catchingUp = "no";
    var nodes = new ArrayList<Member>();
    for (String line : info.split("\r?\n")) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      String value = line.substring(colon + 1);
      if (name.equals("torc_ready")) {
        ready = value.equals("1");
      } else if (name.equals("ring_digest")) {
        digest = value;
      } else if (name.equals("catching_up")) {
        catchingUp = value;
      } else if (name.matches("node\\d+")) {
        nodes.add(Member.parse(value));
      }
    }
    if (digest == null) {
      throw new IllegalArgumentException("no ring in the answer");
    }
    return new RingView(ready, digest, catchingUp, List.copyOf(nodes));
  }

  /** Whether the node that listens for clients on this port is there and up. */
  boolean isUp(int port) {
    return nodes.stream().anyMatch(node -> node.isUp() && node.address().endsWith(":" + port));
  }
}
