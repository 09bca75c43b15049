package dev.torc.verticles.config;

import java.util.regex.Pattern;

/**
 * A node to ask first.
 *
 * @param host name or address
 * @param port the client port, which people know
 * @param peerPort where it is gossiped to: the client port + 10000 unless written as host:port@peerPort
 */
public record Seed(String host, int port, int peerPort) {

  private static final Pattern FORM = Pattern.compile("(\\[[^\\]]+\\]|[^:@]+):(\\d{1,5})(?:@(\\d{1,5}))?");
  private static final String KEY = "torc.cluster.seeds";
  private static final String ALLOWED = "host:port with the client port below 55536, or host:port@peerPort";

  public Seed {
    if (!Allowed.isHost(host) || port < 1 || port > 65_535 || peerPort < 1 || peerPort > 65_535) {
      throw new ConfigException(KEY, host + ":" + port + "@" + peerPort, ALLOWED);
    }
  }

  /** Reads host:port or host:port@peerPort; an IPv6 address stands in brackets. */
  public static Seed parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ConfigException(KEY, text, ALLOWED);
    }
    String host = form.group(1).replace("[", "").replace("]", "");
    int port = Integer.parseInt(form.group(2));
    return new Seed(host, port, form.group(3) == null ? port + 10_000 : Integer.parseInt(form.group(3)));
  }
}
