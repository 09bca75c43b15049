package dev.torc.verticles.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process that answers INFO torc as a node would: it is given the flags of one, and sees those up that it can connect to. */
final class FakeNode {

  private FakeNode() {}

  public static void main(String[] arguments) throws IOException {
    List<String> flags = Arrays.asList(arguments);
    if (Files.exists(Path.of(value(flags, "--data")).resolveSibling("broken"))
        && !value(flags, "--name").equals("n1")) {
      System.err.println("torc: broken on purpose");
      System.exit(1);
    }
    try (
        var server = new ServerSocket(Integer.parseInt(value(flags, "--port")), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket client = server.accept()) {
          byte[] ignored = client.getInputStream().readNBytes(1);
          if (ignored.length > 0) {
            byte[] info = info(value(flags, "--name"), value(flags, "--seeds")).getBytes(StandardCharsets.UTF_8);
            client.getOutputStream().write(("$" + info.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().write(info);
            client.getOutputStream().write("\r\n".getBytes(StandardCharsets.UTF_8));
          }
        } catch (IOException gone) {
          // The next client may be luckier.
        }
      }
    }
  }

  private static String info(String name, String seeds) {
    var info = new StringBuilder("# Torc\r\ntorc_ready:1\r\nnode_name:" + name + "\r\nring_digest:ab\r\n");
    String[] nodes = seeds.split(",");
    for (int i = 0; i < nodes.length; i++) {
      int port = Integer.parseInt(nodes[i].substring(nodes[i].indexOf(':') + 1));
      info.append("node").append(i).append(":name=n").append(i + 1).append(",id=00,address=").append(nodes[i])
          .append(",state=").append(isListening(port) ? "up" : "down")
          .append(",zone=default,share=50.0,keys=1,disk_bytes=2048,uptime_s=3\r\n");
    }
    return info.toString();
  }

  /** Not by a connection, as two nodes that ask each other one at a time would wait for each other. */
  private static boolean isListening(int port) {
    try (var probe = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      return !probe.isBound();
    } catch (IOException taken) {
      return true;
    }
  }

  private static String value(List<String> flags, String name) {
    return flags.get(flags.indexOf(name) + 1);
  }
}
