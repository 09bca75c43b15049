package dev.torc.compat.resp;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A client that knows nothing but the protocol, so that a test can say exactly what is on the wire. A simple string and a bulk are a
 * String in ISO 8859-1 (one char a byte), a nil is null, an array or map or set is a List, an error is an {@link ErrorReply}.
 */
public final class RespSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What a reply of the form {@code -ERR ...} said, without the minus sign. */
  public record ErrorReply(String text) {}

  private final Socket socket;
  private final InputStream in;

  private RespSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  public static RespSocket connect(int port) {
    return connect(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  public static RespSocket connect(String address, int port) {
    return connect(address, port, TIMEOUT_MILLIS);
  }

  /** @param timeoutMillis for connecting and for each reply */
  public static RespSocket connect(String address, int port, int timeoutMillis) {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), timeoutMillis);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeoutMillis);
      return new RespSocket(socket);
    } catch (IOException failed) {
      closeQuietly(socket);
      throw new UncheckedIOException(failed);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It failed already, and its first failure is told.
    }
  }

  /** One command and its reply. */
  public Object call(String... words) {
    send(command(words));
    return read();
  }

  public RespSocket send(String raw) {
    return send(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RespSocket send(byte[] raw) {
    try {
      socket.getOutputStream().write(raw);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A command as an array of bulk strings. */
  public static String command(String... words) {
    var out = new StringBuilder("*" + words.length + "\r\n");
    Arrays.stream(words).forEach(word -> out.append('$').append(word.length()).append("\r\n").append(word)
        .append("\r\n"));
    return out.toString();
  }

  /** @throws UncheckedIOException at the end of the stream, or when nothing comes in time */
  public Object read() {
    try {
      String line = line();
      String rest = line.substring(1);
      return switch (line.charAt(0)) {
        case '+', ',', '(' -> rest;
        case '-' -> new ErrorReply(rest);
        case ':' -> Long.parseLong(rest);
        case '#' -> rest.equals("t");
        case '_' -> null;
        case '$' -> bulk(Integer.parseInt(rest));
        case '=' -> bulk(Integer.parseInt(rest)).substring(4);
        case '*', '~', '>' -> array(Integer.parseInt(rest));
        case '%' -> array(2 * Integer.parseInt(rest));
        default -> throw new IOException("not a reply: " + line);
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The next reply byte by byte, a char each. */
  public String readRaw() {
    try {
      String line = line();
      var raw = new StringBuilder(line).append("\r\n");
      if (line.charAt(0) == '$' && !line.equals("$-1")) {
        raw.append(bulk(Integer.parseInt(line.substring(1)))).append("\r\n");
      } else if ("*%~>".indexOf(line.charAt(0)) >= 0) {
        int items = Integer.parseInt(line.substring(1)) * (line.charAt(0) == '%' ? 2 : 1);
        for (int i = 0; i < items; i++) {
          raw.append(readRaw());
        }
      }
      return raw.toString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The error that comes next. */
  public String readError() {
    return read() instanceof ErrorReply error ? error.text() : "no error";
  }

  private List<Object> array(int size) {
    if (size < 0) {
      return null;
    }
    var items = new ArrayList<Object>(size);
    for (int i = 0; i < size; i++) {
      items.add(read());
    }
    return items;
  }

  private String bulk(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(size + 2);
    if (bytes.length < size + 2) {
      throw new EOFException("in a bulk string");
    }
    return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
  }

  /** The next line as it is on the wire, without its end. */
  public String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed by the server");
      }
      line.append((char) next);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  /** Whether the server closes this connection without another word. */
  public boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String localAddress() {
    return "127.0.0.1:" + socket.getLocalPort();
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
