package dev.torc.verticles.client;

import dev.torc.protocol.command.CommandParser;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.resp.RespLimits;
import dev.torc.engine.WriteSync;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.config.ClientSettings;
import dev.torc.verticles.loop.CoordinatorShell;
import dev.torc.verticles.loop.LoopTurn;
import dev.torc.verticles.loop.NodeMemory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The clients of one event loop, and what their connections share. */
public final class ClientLoop {
  private final NetServer server;
  private final Context context;
  private final ClientSettings limits;
  private final RespLimits respLimits;
  private final Clients clients;
  private final CommandParser parser;
  private final CommandRunner runner;
  private final CommandMeters meters;
  private final LoopTurn turn;
  private final NodeMemory memory;
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private long nowMillis = SystemClock.now().wallMillis();

  /** To be called on the event loop. */
  public static ClientLoop of(Vertx vertx, NodeState node, CoordinatorShell shell) {
    var cluster = node.config().cluster();
    var levels = new Levels(cluster.readLevel(), cluster.writeLevel(),
        node.config().request().maxTimeoutMillis(), () -> node.view().policies());
    var requests = new KeyRequests(shell, node.memory().sizes(), levels, () -> node.view().ring(),
        node.config().reaping().graceMillis());
    var kv = new KvCommands(requests);
    var waits = new WaitCommands(shell, levels, node.config().engine().fsync() == WriteSync.ALWAYS);
    var runner = new CommandRunner(new DataCommands(requests, cluster.crossSlot()),
        new StrongCommands(requests, kv, node.config().client().maxBulkBytes()), kv,
        new ExplainCommand(shell, levels, node::view),
        new SessionCommands(node.config().session().maxAgeMillis(), node.config().maxClockSkewMillis()),
        new KeyspaceCommands(shell, node::view, waits),
        new PolicyCommands(shell, node.shared(), cluster, vertx.getOrCreateContext()), new ServerCommands(node),
        new ConnectionCommands(node.clients()));
    return new ClientLoop(vertx, node.config().client(), node.clients(), runner, node.meters(), shell.turn(),
        node.memory());
  }

  private ClientLoop(Vertx vertx, ClientSettings limits, Clients clients, CommandRunner runner, CommandMeters meters,
      LoopTurn turn, NodeMemory memory) {
    this.context = vertx.getOrCreateContext();
    this.limits = limits;
    this.respLimits = new RespLimits(limits.maxBulkBytes(), limits.maxMultibulk(), limits.maxInlineBytes());
    this.clients = clients;
    this.parser = new CommandParser(limits.maxKeyBytes());
    this.runner = runner;
    this.meters = meters;
    this.turn = turn;
    this.memory = memory;
    this.server = vertx
        .createNetServer(new NetServerOptions().setTcpNoDelay(true).setTcpKeepAlive(true).setAcceptBacklog(1024))
        .connectHandler(this::onConnection);
  }

  public Future<?> listen(int port, String host) {
    return server.listen(port, host);
  }

  public Future<Void> close() {
    return server.close();
  }

  /** Every second or so. */
  public void onTick() {
    nowMillis = SystemClock.now().wallMillis();
    List.copyOf(connections).forEach(connection -> connection.onTick(nowMillis));
  }

  private void onConnection(NetSocket socket) {
    var connection = new ClientConnection(socket, this);
    if (clients.admit(connection)) {
      connections.add(connection);
    } else {
      socket.write(Buffer.buffer("-" + Errors.TOO_MANY_CLIENTS + "\r\n"));
      socket.close();
    }
  }

  void onClosed(ClientConnection connection) {
    connections.remove(connection);
    clients.remove(connection);
  }

  void later(long millis, Runnable task) {
    context.owner().setTimer(millis, timer -> task.run());
  }

  void run(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }

  /** Wall time as of the last tick: good enough for idleness. */
  long nowMillis() {
    return nowMillis;
  }

  ClientSettings limits() {
    return limits;
  }

  RespLimits respLimits() {
    return respLimits;
  }

  Clients clients() {
    return clients;
  }

  CommandParser parser() {
    return parser;
  }

  CommandRunner runner() {
    return runner;
  }

  CommandMeters meters() {
    return meters;
  }

  NodeMemory memory() {
    return memory;
  }

  LoopTurn turn() {
    return turn;
  }
}
