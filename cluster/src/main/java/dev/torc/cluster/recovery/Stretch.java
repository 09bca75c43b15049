package dev.torc.cluster.recovery;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.Wholeness;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.cluster.upkeep.Pace;
import java.util.function.Consumer;

/**
 * Some slots in a row with the same replicas, on their way to have their records again, or what their acceptors have forgotten; and at last the word to the own
 * store that they have. Each question waits until the one before is answered, and then as long again, and until the node's pace lets it.
 */
final class Stretch {
  private static final long LONGEST_REST_MILLIS = 1_000;

  /** Told once, when it has ended. */
  interface Ended {
    void on(Stretch stretch, boolean isWhole, Errands errands);
  }

  private final CatchUpConfig config;
  private final SlotRange range;
  private final Wholeness wholeness;
  private final Sources sources;
  private final Ballots ballots;
  private final Pace pace;
  private final Ended ended;
  private Consumer<Errands> next;
  private long askedMillis;
  private long restUntilMillis;
  private int waiting;
  private boolean isLost;
  private long records;

  Stretch(CatchUpConfig config, SlotRange range, Wholeness wholeness, Sources sources, Ballots ballots, Pace pace,
      Ended ended) {
    this.config = config;
    this.range = range;
    this.wholeness = wholeness;
    this.sources = sources;
    this.ballots = ballots;
    this.pace = pace;
    this.ended = ended;
  }

  void begin(Errands errands) {
    if (wholeness.lacksRecords()) {
      new Copying(this).begin(errands);
    } else {
      new Restoring(this, ballots).begin(errands);
    }
  }

  void onTick(Errands errands) {
    long now = errands.now().steadyMillis();
    if (next != null && waiting == 0 && now >= restUntilMillis && pace.mayAsk(now)) {
      var doing = next;
      next = null;
      doing.accept(errands);
    }
  }

  SlotRange range() {
    return range;
  }

  Sources sources() {
    return sources;
  }

  CatchUpConfig config() {
    return config;
  }

  /** Taken in. */
  long records() {
    return records;
  }

  void tookIn(int some) {
    records += some;
  }

  /** A page came of so many bytes. */
  void onBytes(long bytes) {
    pace.onBytes(bytes);
  }

  /** What is to be done with an answer. */
  interface Heard {
    void on(StoreAnswer answer);
  }

  /** Asks; what comes after all answers are here is said by {@link #then}. */
  void ask(NodeId node, StoreStep step, Errands errands, Heard heard) {
    if (waiting++ == 0) {
      askedMillis = errands.now().steadyMillis();
      isLost = false;
      pace.onAsked();
    }
    errands.ask(node, step, config.timeoutMillis(), (answer, later) -> {
      isLost |= answer instanceof StoreAnswer.Failed failed && failed.cause() != StoreAnswer.Cause.DISK;
      heard.on(answer);
      if (--waiting == 0) {
        onAllAnswered(later.now().steadyMillis());
      }
    });
  }

  private void onAllAnswered(long now) {
    pace.onAnswered(now - askedMillis, isLost, now);
    restUntilMillis = now + Math.min(LONGEST_REST_MILLIS, now - askedMillis);
  }

  /** To be done when all that was asked is answered, and a rest is over. */
  void then(Consumer<Errands> after) {
    next = after;
  }

  void fail(Errands errands) {
    ended.on(this, false, errands);
  }

  /** Everything is here: now the store may say so. */
  void complete(Errands errands) {
    var refused = new boolean[1];
    for (int slot = range.from(); slot <= range.to(); slot++) {
      ask(errands.self(), new SlotStep.Complete(slot, wholeness.since(), !wholeness.lacksRecords()), errands,
          answer -> refused[0] |= !(answer instanceof AcceptorAnswer.Accepted));
    }
    then(later -> ended.on(this, !refused[0], later));
  }
}
