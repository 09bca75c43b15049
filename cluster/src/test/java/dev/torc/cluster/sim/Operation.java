package dev.torc.cluster.sim;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import java.util.BitSet;
import java.util.function.Consumer;

/** A client's request, from its start to its one answer. */
final class Operation {
  final long id;
  final int node;
  final Request request;
  /** The write's number; -1: none. */
  final long write;
  final boolean isForged;
  final long startedAt;
  /** Whether all was well when this started. */
  final boolean startedWell;
  /** Told of the outcome; null when the node went down and there will be none. */
  final Consumer<Outcome> then;
  /** What had been acknowledged, and what had been read, when this started, as far as its level overlaps. */
  BitSet acknowledged = new BitSet();
  BitSet read = new BitSet();
  boolean isOver;

  Operation(long id, int node, Request request, long write, boolean isForged, long startedAt,
      boolean startedWell, Consumer<Outcome> then) {
    this.id = id;
    this.node = node;
    this.request = request;
    this.write = write;
    this.isForged = isForged;
    this.startedAt = startedAt;
    this.startedWell = startedWell;
    this.then = then;
  }
}
