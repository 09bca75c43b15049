package dev.torc.protocol.command;

/** What a connection must keep in order about a command, so that a pipelined SET then GET of one key sees the SET. */
public enum Access {
  /** Reads its keys: behind earlier writes of them. */
  READ,
  /** Writes its keys: behind earlier reads and writes of them. */
  WRITE,
  /** Touches no data: needs no order but that of the replies. */
  NONE,
  /** Concerns any key: behind everything earlier, and everything later behind it. */
  BARRIER
}
