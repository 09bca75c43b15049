package dev.torc.verticles.loop;

import dev.torc.cluster.antientropy.PairRound;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.RingMember;
import dev.torc.verticles.SystemClock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of comparing this node's records with each peer's: noted by one event loop, read by anybody. */
public final class ReplicaRounds {
  private final ConcurrentSkipListMap<NodeId, PairRound> lastComplete = new ConcurrentSkipListMap<>();
  private final LongAdder repaired = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public void note(PairRound round) {
    repaired.add(round.repaired());
    bytes.add(round.bytes());
    if (round.isComplete()) {
      lastComplete.put(round.peer(), round);
    }
  }

  /** Of who is no member of the ring any more nothing is told; a comparison that was under way may have ended since. */
  public void onRing(Ring ring) {
    lastComplete.keySet().retainAll(ring.members().stream().map(RingMember::id).toList());
  }

  /** With whom a comparison was seen through. */
  public Collection<NodeId> peers() {
    return lastComplete.keySet();
  }

  /** Keys that differed from some peer's in the last comparisons that were seen through. */
  public long divergent() {
    return lastComplete.values().stream().mapToLong(PairRound::divergent).sum();
  }

  /** Since the oldest of the last ones ended; -1 if there was none. */
  public long oldestSeconds() {
    return lastComplete.keySet().stream().mapToLong(this::secondsSince).max().orElse(-1);
  }

  /** The last comparison with the peer that was seen through. */
  public Optional<PairRound> last(NodeId peer) {
    return Optional.ofNullable(lastComplete.get(peer));
  }

  /** Since that ended; -1 if there was none. */
  public long secondsSince(NodeId peer) {
    return last(peer).map(round -> (SystemClock.now().steadyMillis() - round.endedAtMillis()) / 1_000).orElse(-1L);
  }

  /** Keys of which a record was merged, here or there, since the start. */
  public long repaired() {
    return repaired.sum();
  }

  /** Over the wire both ways, about, since the start. */
  public long bytes() {
    return bytes.sum();
  }
}
