package dev.torc.verticles.client;

import dev.torc.protocol.command.Command;
import dev.torc.protocol.command.CommandReplies;
import dev.torc.protocol.command.ConnectionCommand;
import dev.torc.protocol.command.DataCommand;
import dev.torc.protocol.command.KeyspaceCommand;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.command.ServerCommand;
import dev.torc.protocol.command.StrongCommand;
import dev.torc.protocol.command.TableCommand;
import dev.torc.protocol.resp.RespValue;
import java.util.function.Consumer;

/** Hands a command to the part of the server that answers its family. One per event loop. */
final class CommandRunner {
  private final DataCommands data;
  private final StrongCommands strong;
  private final KvCommands kv;
  private final ExplainCommand explains;
  private final SessionCommands sessions;
  private final KeyspaceCommands keyspace;
  private final PolicyCommands policies;
  private final ServerCommands server;
  private final ConnectionCommands connections;

  CommandRunner(DataCommands data, StrongCommands strong, KvCommands kv, ExplainCommand explains,
      SessionCommands sessions,
      KeyspaceCommands keyspace,
      PolicyCommands policies, ServerCommands server, ConnectionCommands connections) {
    this.data = data;
    this.strong = strong;
    this.kv = kv;
    this.explains = explains;
    this.sessions = sessions;
    this.keyspace = keyspace;
    this.policies = policies;
    this.server = server;
    this.connections = connections;
  }

  /** Whether it concerns the connection itself or nothing at all, and happens in the order in which it was sent. */
  static boolean isAtOnce(Command command) {
    return command instanceof ConnectionCommand || command instanceof Command.Refused
        || command instanceof Command.Answered || command instanceof KvCommand.Levels
        || command instanceof KvCommand.SessionBegin || command instanceof KvCommand.SessionResume
        || command instanceof KvCommand.SessionEnd;
  }

  /**
   * The reply comes once, now or later, on this loop.
   *
   * @param by as they were when the command came
   */
  void run(Command command, ClientConnection connection, ConnectionTerms by, Consumer<RespValue> reply) {
    switch (command) {
      case DataCommand request -> data.run(request, by, reply);
      case StrongCommand request -> strong.run(request, by, reply);
      case KvCommand request -> run(request, connection, by, reply);
      case KeyspaceCommand request -> keyspace.run(request, by, connection::isLeaving, reply);
      case ServerCommand request -> reply.accept(server.reply(request, connection.localHost()));
      case ConnectionCommand request -> reply.accept(connections.reply(request, connection));
      case TableCommand request -> reply.accept(CommandReplies.reply(request));
      case Command.Refused refused -> reply.accept(RespValue.error(refused.error()));
      case Command.Answered answered -> reply.accept(answered.reply());
    }
  }

  private void run(KvCommand command, ClientConnection connection, ConnectionTerms by, Consumer<RespValue> reply) {
    switch (command) {
      case KvCommand.Get request -> kv.get(request, by, reply);
      case KvCommand.Set request -> kv.set(request, by, reply);
      case KvCommand.Del request -> kv.delete(request, by, reply);
      case KvCommand.MGet request -> kv.getAll(request, by, reply);
      case KvCommand.MSet request -> kv.setAll(request, by, reply);
      case KvCommand.Levels request -> reply.accept(connections.levels(request, connection.session()));
      case KvCommand.Explain request -> explains.run(request, by, connection.localHost(), reply);
      case KvCommand.SessionBegin request -> reply.accept(sessions.begin(connection.session()));
      case KvCommand.SessionToken request -> reply.accept(sessions.token(by));
      case KvCommand.SessionResume request -> reply.accept(sessions.resume(request, connection.session()));
      case KvCommand.SessionEnd request -> reply.accept(sessions.end(connection.session()));
      case KvCommand.PolicyGet request -> reply.accept(policies.get(request));
      case KvCommand.PolicyList request -> reply.accept(policies.list());
      case KvCommand.PolicySet request -> policies.set(request, reply);
      case KvCommand.PolicyDel request -> policies.delete(request, reply);
    }
  }
}
