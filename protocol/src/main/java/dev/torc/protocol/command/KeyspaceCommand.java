package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.Optional;

/**
 * Commands about keys that they do not name. DBSIZE, KEYS, SCAN and RANDOMKEY cover the slots of which this node is primary, as on every Redis
 * Cluster node, because clients add the nodes up; KV.SIZE, KV.SCAN and the flushes cover the cluster.
 */
public sealed interface KeyspaceCommand extends Command {
  @Override
  default Access access() {
    return Access.BARRIER;
  }

  record DbSize() implements KeyspaceCommand {}

  record Keys(Glob pattern) implements KeyspaceCommand {}

  record RandomKey() implements KeyspaceCommand {}

  /**
   * @param cursor unsigned; 0 begins
   * @param pattern empty for all
   * @param count how much to look at, at least 1
   * @param type in lower case, as the client wrote it; empty for all
   */
  record Scan(long cursor, Optional<Glob> pattern, long count, Optional<String> type) implements KeyspaceCommand {}

  /** SCAN over the cluster. */
  record KvScan(long cursor, Optional<Glob> pattern, long count) implements KeyspaceCommand {}

  /** DBSIZE over the cluster. */
  record KvSize() implements KeyspaceCommand {}

  /** FLUSHALL, FLUSHDB: all keys of the cluster. */
  record FlushAll(boolean async) implements KeyspaceCommand {}

  /** How many replicas have this connection's writes. */
  record Wait(long replicas, long timeoutMillis) implements KeyspaceCommand {}

  /**
   * WAITAOF: on how many nodes this connection's writes are on disk.
   *
   * @param local whether this node is to be waited for
   * @param replicas how many others, 0 and more
   * @param timeoutMillis 0 for ever
   */
  record WaitAof(boolean local, long replicas, long timeoutMillis) implements KeyspaceCommand {}

  record CountKeysInSlot(int slot) implements KeyspaceCommand {}

  record KeysInSlot(int slot, long count) implements KeyspaceCommand {}
}
