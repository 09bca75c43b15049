package dev.torc.compat.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What every client can do, each in its own way. An error of the server is a RuntimeException with the server's text somewhere in its causes. */
public interface KeyValueClient extends AutoCloseable {

  void set(byte[] key, byte[] value);

  void setExpiring(byte[] key, byte[] value, long seconds);

  /** Null when there is none. */
  byte[] get(byte[] key);

  long del(byte[]... keys);

  long exists(byte[]... keys);

  long ttl(byte[] key);

  List<byte[]> mget(byte[]... keys);

  void mset(Map<byte[], byte[]> entries);

  /** Sets every key and then gets every key, all sent before the first answer is waited for; what the gets answered. */
  List<byte[]> pipeline(List<byte[]> keys, List<byte[]> values);

  /** All keys of the cluster that match, as this client goes through them, in the order in which they came. */
  List<String> scan(String pattern);

  String ping();

  String info();

  Map<String, String> configGet(String name);

  /** Gives a connection a name and asks that connection for it. */
  String named(String name);

  void incr(byte[] key);

  /** Sends a command that has this one word. */
  void send(String word);

  @Override
  void close();

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
