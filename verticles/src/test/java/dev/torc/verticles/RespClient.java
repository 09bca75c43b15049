package dev.torc.verticles;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that sees the bytes: replies are told as {@code +OK}, {@code :1}, {@code -ERR …}, {@code 'bulk'}, {@code ='verbatim'}, {@code nil} ({@code $-1}),
 * {@code null} ({@code _}), {@code [array, …]} and {@code {map, …}}, so that RESP2 and RESP3 differ.
 */
public final class RespClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  private RespClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  public static RespClient to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      return new RespClient(socket);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One command of blank-separated words, and its reply. */
  public String ask(String line) {
    send(line);
    return read();
  }

  public List<String> askAll(String... lines) {
    send(lines);
    return read(lines.length);
  }

  /** All commands in one write. */
  public void send(String... lines) {
    var bytes = new StringBuilder();
    for (var line : lines) {
      var words = line.split(" ");
      bytes.append('*').append(words.length).append("\r\n");
      for (var word : words) {
        bytes.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
    }
    sendRaw(bytes.toString());
  }

  public void sendRaw(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends until the server closes, and what it said; what a client does that writes and reads at once. */
  public String refusal(String text) {
    Thread.ofVirtual().start(() -> {
      try {
        sendRaw(text);
      } catch (UncheckedIOException closed) {
        // As expected: the server takes no more.
      }
    });
    return read();
  }

  public List<String> read(int count) {
    var replies = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      replies.add(read());
    }
    return replies;
  }

  public String read() {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '$' -> rest.equals("-1") ? "nil" : "'" + bulk(rest) + "'";
      case '=' -> "='" + bulk(rest).substring(4) + "'";
      case '_' -> "null";
      case '*' -> rest.equals("-1") ? "nil[]" : "[" + items(Integer.parseInt(rest)) + "]";
      case '%' -> "{" + items(2 * Integer.parseInt(rest)) + "}";
      default -> line;
    };
  }

  /** Whether the server has closed, after everything it had to say was read. */
  public boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int localPort() {
    return socket.getLocalPort();
  }

  private String items(int count) {
    return String.join(", ", read(count));
  }

  private String bulk(String length) {
    try {
      var bytes = in.readNBytes(Integer.parseInt(length));
      in.readNBytes(2);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String line() {
    var line = new ByteArrayOutputStream();
    try {
      for (int b = in.readUnsignedByte(); b != '\r'; b = in.readUnsignedByte()) {
        line.write(b);
      }
      in.readUnsignedByte();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
