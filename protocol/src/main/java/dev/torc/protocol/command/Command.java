package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.RespValue;
import java.util.List;

/**
 * What a client asked for, typed and checked. A family for each part of a server that answers: plain data, strong operations, Torc's own commands, the
 * keyspace, the connection itself, one node's figures and settings, and the table of commands; beside them the two that are answered already.
 */
public sealed interface Command permits DataCommand, StrongCommand, KvCommand, KeyspaceCommand, ConnectionCommand,
    ServerCommand, TableCommand, Command.Refused, Command.Answered {
  /** What to keep in order. */
  Access access();

  /** The keys that it reads or writes, in the order of the words; empty when it names none. */
  default List<Bytes> keys() {
    return List.of();
  }

  /**
   * Not to be run.
   *
   * @param error with its code: {@code ERR syntax error}
   */
  record Refused(String error) implements Command {
    @Override
    public Access access() {
      return Access.NONE;
    }
  }

  /** Has the same answer on every node at every time, such as help, or the number of channels of a store without channels. */
  record Answered(RespValue reply) implements Command {
    @Override
    public Access access() {
      return Access.NONE;
    }
  }
}
