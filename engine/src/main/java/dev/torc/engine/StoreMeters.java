package dev.torc.engine;

import java.util.concurrent.atomic.LongAdder;

/** What the stores of all shards have done since the start; added to once per batch, read by anybody. */
final class StoreMeters {
  final LongAdder batches = new LongAdder();
  final LongAdder steps = new LongAdder();
  final LongAdder hotHits = new LongAdder();
  final LongAdder hotMisses = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder failedReads = new LongAdder();
}
