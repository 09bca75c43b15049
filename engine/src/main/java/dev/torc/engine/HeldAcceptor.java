package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.Key;

/** What a replica remembers as one key's acceptor, in the course of a batch: as the disk has it, and as the steps so far have made it. */
final class HeldAcceptor {
  final Key key;
  /** The key's record, as it is in the same batch. */
  final Held record;
  /** Null until it is read; stays so if it cannot be. */
  AcceptorState before;
  AcceptorState now;
  /** Why it cannot be read. */
  String trouble;

  HeldAcceptor(Held record) {
    this.key = record.key;
    this.record = record;
  }

  void loaded(AcceptorState state) {
    before = state;
    now = state;
  }

  /** Or was tried in vain. */
  boolean isRead() { return now != null || trouble != null; }

  boolean isChanged() { return now != before; }
}
