package dev.torc.verticles.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A view of the ring as a table, one node a line; figures are aligned on the right, and a dash is what is not known. */
final class RingTable {

  private static final List<String> HEAD = List.of("name", "address", "state", "zone", "share", "keys", "disk",
      "uptime", "phi", "compared", "suspected by");
  private static final int FIRST_FIGURE = 4;
  private static final int LAST_FIGURE = 9;

  private RingTable() {}

  static String render(RingView view) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    view.nodes().forEach(node -> rows.add(cells(node)));
    int[] widths = new int[HEAD.size()];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var table = new StringBuilder();
    rows.forEach(row -> append(table, row, widths));
    return table.toString();
  }

  private static void append(StringBuilder table, List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i >= FIRST_FIGURE && i <= LAST_FIGURE ? padding + row.get(i) : row.get(i) + padding).append("  ");
    }
    table.append(line.toString().stripTrailing()).append('\n');
  }

  private static List<String> cells(RingView.Member node) {
    return List.of(node.name(), node.address(), node.state(), node.zone(),
        String.format(Locale.ROOT, "%.1f %%", node.sharePercent()), node.keys() < 0 ? "-" : Long.toString(node.keys()),
        bytes(node.diskBytes()), age(node.uptimeSeconds()), node.phi(),
        age(node.comparedSeconds()), node.suspectedBy());
  }

  static String bytes(long bytes) {
    if (bytes < 0) {
      return "-";
    }
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << (10 * power)), "KMGTPE".charAt(power - 1));
  }

  static String age(long seconds) {
    if (seconds < 0) {
      return "-";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min"
        : seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
  }
}
