package dev.torc.engine;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.Key;

/** The acceptors' states touched last: who counts up one key needs the same one again and again. */
final class HotAcceptors extends HotMap<AcceptorState> {
  /** The ballots and the state itself, on top of what a record takes. */
  private static final long OVERHEAD_BYTES = HotRecords.OVERHEAD_BYTES + 160;
  private static final long PER_RESULT_BYTES = 96;
  private static final long PER_SESSION_BYTES = 96;

  private final long maxBytes;

  HotAcceptors(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  protected long maxBytes() {
    return maxBytes;
  }

  @Override
  protected long sizeBytes(Key key, AcceptorState state) {
    return OVERHEAD_BYTES + key.bytes().size() + HotRecords.contentBytes(state.value()) + state.results().valueBytes()
        + PER_RESULT_BYTES * state.results().size() + PER_SESSION_BYTES * state.results().sessions().size();
  }
}
