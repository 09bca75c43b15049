package dev.torc.verticles.http;

import dev.torc.cluster.message.Member;
import dev.torc.verticles.gossip.ClusterView;
import java.util.Locale;

/** The ring as this node sees it, as a plain page. */
final class ConsolePage {
  private static final String HEAD = """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Torc</title>
      <style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:60rem}table{border-collapse:collapse}
      td,th{padding:.3rem 1rem .3rem 0;text-align:left;border-bottom:1px solid #ddd}.down{color:#b00}</style>
      """;

  private ConsolePage() {}

  static String of(ClusterView view) {
    var page = new StringBuilder(HEAD);
    page.append("<h1>").append(escape(view.self().name())).append("</h1><p>")
        .append(view.isFormed() ? "serving" : "the cluster has not formed yet")
        .append("</p><table><tr><th>node<th>address<th>state<th>zone<th>share<th>keys</tr>");
    for (var member : view.ringMembers()) {
      row(member, view, page);
    }
    return page.append("</table><p><a href=\"/metrics\">metrics</a> · <a href=\"/health\">health</a></p></html>\n")
        .toString();
  }

  private static void row(Member member, ClusterView view, StringBuilder page) {
    boolean alive = view.isAlive(member.id());
    double share = view.isFormed() ? 100 * view.ring().share(member.id()) : 0;
    page.append("<tr").append(alive ? "" : " class=\"down\"").append("><td>").append(escape(member.name()))
        .append("<td>").append(escape(member.host()))
        .append(':').append(member.clientPort()).append("<td>")
        .append(view.standing(member.id()).name().toLowerCase(Locale.ROOT)).append("<td>")
        .append(escape(member.zone())).append("<td>")
        .append(String.format(Locale.ROOT, "%.1f %%", share)).append("<td>").append(member.load().keys())
        .append("</tr>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
