package dev.torc.verticles.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a node for its view of the ring, over a plain socket: INFO torc. */
record NodeQuery(String host, int port, int timeoutMillis) {

  private static final byte[] INFO = "*2\r\n$4\r\nINFO\r\n$4\r\ntorc\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 16 << 20;

  /**
   * Connects, asks and closes.
   *
   * @throws IOException when the node cannot be reached or does not answer as a node of Torc would
   */
  RingView ask() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.getOutputStream().write(INFO);
      return RingView.parse(bulk(new BufferedInputStream(socket.getInputStream())));
    } catch (IllegalArgumentException wrong) {
      throw new IOException("the answer is not a node of Torc's: " + wrong.getMessage(), wrong);
    }
  }

  private static String bulk(InputStream in) throws IOException {
    String head = line(in);
    if (!head.startsWith("$")) {
      throw new IOException("the answer is " + head);
    }
    int length = Integer.parseInt(head.substring(1));
    if (length < 0 || length > LONGEST) {
      throw new IOException("the answer is " + length + " bytes long");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection was closed within the answer");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || text.length() > 1_000) {
        throw new IOException(next < 0 ? "the connection was closed" : "the answer is not RESP");
      }
      text.append((char) next);
    }
    return text.toString().strip();
  }
}
