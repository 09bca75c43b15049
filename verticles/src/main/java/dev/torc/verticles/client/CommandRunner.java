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
import java.util.Locale;
import java.util.function.Consumer;

/** Hands a command to the part of the server that answers its family. One per event loop. */
final class CommandRunner {
  private final DataCommands data;
  private final KeyspaceCommands keyspace;
  private final PolicyCommands policies;
  private final ServerCommands server;
  private final ConnectionCommands connections;

  CommandRunner(DataCommands data, KeyspaceCommands keyspace, PolicyCommands policies, ServerCommands server,
      ConnectionCommands connections) {
    this.data = data;
    this.keyspace = keyspace;
    this.policies = policies;
    this.server = server;
    this.connections = connections;
  }

  /** The reply comes once, now or later, on this loop. */
  void run(Command command, ClientConnection connection, Consumer<RespValue> reply) {
    switch (command) {
      case DataCommand request -> data.run(request, reply);
      case StrongCommand request -> reply.accept(notConnected(request));
      case KvCommand.PolicyGet get -> reply.accept(policies.get(get));
      case KvCommand.PolicyList list -> reply.accept(policies.list());
      case KvCommand.PolicySet set -> policies.set(set, reply);
      case KvCommand.PolicyDel del -> policies.delete(del, reply);
      case KvCommand request -> reply.accept(notConnected(request));
      case KeyspaceCommand request -> keyspace.run(request, reply);
      case ServerCommand request -> reply.accept(server.reply(request, connection.localHost()));
      case ConnectionCommand request -> reply.accept(connections.reply(request, connection));
      case TableCommand request -> reply.accept(CommandReplies.reply(request));
      case Command.Refused refused -> reply.accept(RespValue.error(refused.error()));
      case Command.Answered answered -> reply.accept(answered.reply());
    }
  }

  /** What is understood, and has nobody yet who does it. */
  static RespValue notConnected(Command command) {
    var name = command.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return RespValue.error("ERR '" + name + "' is not connected yet");
  }
}
