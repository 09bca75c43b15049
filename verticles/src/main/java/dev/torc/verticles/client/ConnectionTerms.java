package dev.torc.verticles.client;

import dev.torc.cluster.session.RecentWrites;
import dev.torc.cluster.session.Session;
import dev.torc.protocol.command.Level;
import java.util.Optional;

/**
 * What a client has said of its connection, as of one command: a command keeps what held when it was sent, however long it waits for others.
 *
 * @param read the level of reads that name none; empty: the key's policy or the configuration decides
 * @param write the same of writes
 * @param readOnly whether READONLY was sent: without a level of its own, a read asks one replica
 * @param session what it has seen, while a session is open
 * @param writes what it has written
 */
record ConnectionTerms(Optional<Level> read, Optional<Level> write, boolean readOnly, Optional<Session> session,
    RecentWrites writes) {
  private static final Optional<Level> ONE = Optional.of(Level.ONE);
  /** Of a client that has said nothing yet. */
  static ConnectionTerms fresh() {
    return new ConnectionTerms(Optional.empty(), Optional.empty(), false, Optional.empty(), new RecentWrites());
  }

  /** The level that it has for reads, be it from READONLY. */
  Optional<Level> readLevel() {
    return read.isPresent() || !readOnly ? read : ONE;
  }

  ConnectionTerms withLevels(Optional<Level> newRead, Optional<Level> newWrite) {
    return new ConnectionTerms(newRead, newWrite, readOnly, session, writes);
  }

  ConnectionTerms withReadOnly(boolean on) {
    return new ConnectionTerms(read, write, on, session, writes);
  }

  ConnectionTerms withSession(Optional<Session> newSession) {
    return new ConnectionTerms(read, write, readOnly, newSession, writes);
  }
}
