package dev.torc.compat.history;

import dev.torc.cluster.check.RegisterOp;
import dev.torc.cluster.check.RegisterOp.Condition;
import dev.torc.cluster.check.RegisterResult;
import dev.torc.cluster.check.RegisterResult.Applied;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import dev.torc.protocol.Bytes;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * One client that writes down what it asked and was answered, and goes on to another node when one fails it. An error that says that nothing was applied leaves no trace;
 * UNCERTAIN and a connection that broke leave a call of unknown outcome.
 */
public final class RecordingClient implements AutoCloseable {
  private static final List<String> NOTHING_APPLIED = List.of("NOREPLICAS", "CLUSTERDOWN", "BUSY", "LOADING",
      "TRYAGAIN");

  private final int name;
  private final RovingSocket socket;
  private final History history;
  private final Outcomes outcomes;

  /** @param connect to node 0, 1, …; may throw */
  public RecordingClient(int name, int nodes, IntFunction<RespSocket> connect, History history) {
    this(name, nodes, connect, history, new Outcomes());
  }

  /** @param outcomes by the first word of the command */
  public RecordingClient(int name, int nodes, IntFunction<RespSocket> connect, History history, Outcomes outcomes) {
    this.name = name;
    this.outcomes = outcomes;
    this.history = history;
    this.socket = new RovingSocket(name, nodes, connect);
  }

  /** SET NX with an expiry. Empty: not known. */
  public Optional<Boolean> lock(String key, String token, long leaseMillis) {
    var asked = new RegisterOp.PutIf(Bytes.of(token), new Condition.IsAbsent());
    return call(key, asked, reply -> new Applied("OK".equals(reply)), "SET", key, token, "NX", "PX",
        Long.toString(leaseMillis)).map(result -> result.equals(new Applied(true)));
  }

  /** DELIFEQ. */
  public Optional<Boolean> unlock(String key, String token) {
    return call(key, new RegisterOp.RemoveIfEquals(Bytes.of(token)), reply -> new Applied(reply.equals(1L)), "DELIFEQ",
        key, token)
        .map(result -> result.equals(new Applied(true)));
  }

  /** INCR. */
  public Optional<Long> increment(String key) {
    return call(key, new RegisterOp.Add(1), reply -> new RegisterResult.Number((Long) reply), "INCR", key)
        .map(result -> ((RegisterResult.Number) result).number());
  }

  /** KV.GET at level STRONG. Outer empty: not known. */
  public Optional<Optional<String>> read(String key) {
    return call(key, new RegisterOp.Read(), reply -> new RegisterResult.Found(
        Optional.ofNullable(KvReply.of(reply).value()).map(Bytes::of)), "KV.GET", key, "LEVEL", "STRONG")
        .map(result -> ((RegisterResult.Found) result).value().map(Bytes::text));
  }

  /** SET IFEQ, or NX where nothing is expected. */
  public Optional<Boolean> swap(String key, Optional<String> expected, String value) {
    var condition = expected.<Condition>map(text -> new Condition.IsEqual(Bytes.of(text)))
        .orElseGet(Condition.IsAbsent::new);
    var words = expected.map(text -> new String[] {"SET", key, value, "IFEQ", text})
        .orElseGet(() -> new String[] {"SET", key, value, "NX"});
    return call(key, new RegisterOp.PutIf(Bytes.of(value), condition), reply -> new Applied("OK".equals(reply)), words)
        .map(result -> result.equals(new Applied(true)));
  }

  private Optional<RegisterResult> call(String key, RegisterOp asked, Function<Object, RegisterResult> answered,
      String... words) {
    if (!socket.isConnected()) {
      outcomes.failed(words[0], "no connection");
      return Optional.empty();
    }
    long invoked = System.nanoTime();
    try {
      Object reply = socket.call(words);
      if (reply instanceof ErrorReply error) {
        outcomes.failed(words[0], error.text().split(" ")[0]);
        onError(key, asked, invoked, error.text());
        return Optional.empty();
      }
      var result = answered.apply(reply);
      history.known(name, key, asked, result, invoked, System.nanoTime());
      outcomes.ok(words[0]);
      return Optional.of(result);
    } catch (UncheckedIOException broken) {
      history.unknown(name, key, asked, invoked);
      outcomes.failed(words[0], "connection lost or timed out");
      socket.leave();
      return Optional.empty();
    }
  }

  private void onError(String key, RegisterOp asked, long invoked, String text) {
    String code = text.split(" ")[0];
    if (code.equals("UNCERTAIN")) {
      history.unknown(name, key, asked, invoked);
    } else if (!NOTHING_APPLIED.contains(code) && !text.startsWith("ERR disk: ")) {
      throw new AssertionError(asked + " on " + key + ": " + text);
    }
    socket.leave();
  }

  @Override
  public void close() {
    socket.close();
  }
}
