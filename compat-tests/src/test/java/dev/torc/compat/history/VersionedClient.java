package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.compat.history.KeyEvent.Read;
import dev.torc.compat.history.KeyEvent.Write;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** One client of KV.GET, KV.SET and KV.DEL that writes down what it asked and was answered, and goes on to another node when one fails it. */
public final class VersionedClient implements AutoCloseable {
  private static final List<String> NOTHING_APPLIED = List.of("NOREPLICAS", "CLUSTERDOWN", "BUSY", "LOADING",
      "BADCONTEXT");

  private final int name;
  private final RovingSocket socket;
  private final VersionedHistory history;
  private final Outcomes outcomes;
  private final Map<String, String> contexts = new HashMap<>();
  private int written;
  /** Of the last call: it was refused. */
  private boolean nothingApplied;

  /** @param connect to node 0, 1, …; may throw */
  public VersionedClient(int name, int nodes, IntFunction<RespSocket> connect, VersionedHistory history,
      Outcomes outcomes) {
    this.name = name;
    this.history = history;
    this.outcomes = outcomes;
    this.socket = new RovingSocket(name, nodes, connect);
  }

  /** Remembers the context for the next write of the key. */
  public void read(String key, Level level) {
    long invoked = System.nanoTime();
    call("read " + name(level), "KV.GET", key, "LEVEL", level.name()).ifPresent(reply -> {
      var found = KvReply.of(reply);
      contexts.put(key, found.context());
      history.add(key, new Read(name, level, invoked, System.nanoTime(),
          VersionedHistory.context(key, found.context()),
          found.siblings().stream().map(Optional::ofNullable).toList()));
    });
  }

  /** With the context of the last read, if there was one, or of nothing; or blindly. */
  public void write(String key, Level level, boolean isBlind) {
    String value = "c" + name + "w" + written++;
    change(key, level, isBlind, Optional.of(value), new ArrayList<>(List.of("KV.SET", key, value)));
  }

  public void delete(String key, Level level, boolean isBlind) {
    change(key, level, isBlind, Optional.empty(), new ArrayList<>(List.of("KV.DEL", key)));
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private void change(String key, Level level, boolean isBlind, Optional<String> value, List<String> words) {
    words.addAll(List.of("LEVEL", level.name()));
    Optional<Context> given = Optional.empty();
    if (!isBlind) {
      String context = contexts.getOrDefault(key, "");
      given = Optional.of(VersionedHistory.context(key, context));
      words.addAll(List.of("CONTEXT", context));
    }
    long invoked = System.nanoTime();
    int node = socket.node();
    var reply = call("write " + name(level), words.toArray(String[]::new));
    if (reply.isPresent()) {
      String after = KvReply.of(reply.get()).context();
      history.add(key, new Write(name, node, level, value, given, invoked, System.nanoTime(),
          Optional.of(VersionedHistory.context(key, after))));
    } else if (!nothingApplied) {
      history.add(key, new Write(name, node, level, value, given, invoked, KeyEvent.NEVER, Optional.empty()));
    }
  }

  /** Empty: an error, or no answer. */
  private Optional<Object> call(String kind, String... words) {
    nothingApplied = false;
    if (!socket.isConnected()) {
      nothingApplied = true;
      outcomes.failed(kind, "no connection");
      return Optional.empty();
    }
    try {
      Object reply = socket.call(words);
      if (reply instanceof ErrorReply error) {
        onError(kind, error.text(), words);
        return Optional.empty();
      }
      outcomes.ok(kind);
      return Optional.of(reply);
    } catch (UncheckedIOException broken) {
      outcomes.failed(kind, "connection lost or timed out");
      socket.leave();
      return Optional.empty();
    }
  }

  private void onError(String kind, String text, String... words) {
    String code = text.split(" ")[0];
    outcomes.failed(kind, code);
    nothingApplied = NOTHING_APPLIED.contains(code) || text.startsWith("ERR disk: ");
    if (!nothingApplied && !code.equals("UNCERTAIN")) {
      throw new AssertionError(String.join(" ", words) + ": " + text);
    }
    socket.leave();
  }

  @Override
  public void close() {
    socket.close();
  }
}
