package dev.torc.cluster.reaping;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer.Inspected;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Forgets deletions. A tombstone outweighs the old values that a replica which missed the deletion may still hold, or that wait somewhere as a hint; so it may go only when there
 * is no such copy any more, and never for its age alone.
 *
 * <p>Each node looks after the slots whose first replica it is. A round begins only while every member of the ring can be reached, and asks each of them since when its
 * oldest hint has been waiting. Deletions that are older than all of those, and than a grace period, are looked at key by key ({@link Burial}): if all replicas hold the
 * identical record, and did so for longer than any message lives ({@link FirstLooks}), each is told to drop exactly that. The grace period stands for what cannot be asked: messages under way, which are
 * refused once they are later than their deadline, and hints that a slow write leaves behind.
 *
 * <p>When the ring changes or a member is lost, the round is over: what could not be asked is not assumed. A member that is gone for good has to be removed before anything is
 * reaped again. In doubt a tombstone stays, and one that a replica missed to drop comes back to the others by anti-entropy, and is reaped again: that costs a little
 * space, and resurrection of a value the trust of a user.
 */
public final class Reaper implements Chore {
  /** After so many times the time between two looks the first is of no use. */
  private static final int STALE = 10;

  private final ReapingConfig config;
  private final ToIntFunction<Key> replicasOf;
  private final FirstLooks looks = new FirstLooks();
  private long nextRoundMillis = Long.MIN_VALUE;
  private Round round;

  /** @param replicasOf N of a key, as its prefix has it; 0: the ring's */
  public Reaper(ReapingConfig config, ToIntFunction<Key> replicasOf) {
    this.config = config;
    this.replicasOf = replicasOf;
  }

  @Override
  public void onTick(Errands errands) {
    long now = errands.now().steadyMillis();
    if (round == null && now >= nextRoundMillis && !errands.ring().isEmpty()) {
      nextRoundMillis = now + config.intervalMillis();
      if (areAllLive(errands)) {
        looks.forgetOlderThan(now - STALE * (config.lateMillis() + config.intervalMillis()));
        round = new Round(Hlc.atMillis(errands.now().wallMillis() - config.graceMillis()), now);
        round.begin(errands);
      }
    }
  }

  @Override
  public void onRing(Errands errands) {
    round = null;
    looks.forgetAll();
  }

  @Override
  public void onPeerDown(NodeId peer, Errands errands) {
    round = null;
    looks.forgetAll();
  }

  /** Whether a round is going on. */
  public boolean isBusy() { return round != null; }

  private static boolean areAllLive(Errands errands) {
    for (var member : errands.ring().members()) {
      if (!errands.isLive(member.id())) {
        return false;
      }
    }
    return true;
  }

  /** One round; what comes back to one that is over is ignored. */
  private final class Round {
    private final long beganMillis;
    private long beforeHlc;
    private int silent;
    private int atWork;
    private ScanPoint next = ScanPoint.START;

    private Round(long beforeHlc, long beganMillis) {
      this.beforeHlc = beforeHlc;
      this.beganMillis = beganMillis;
    }

    private boolean isOver() { return round != this; }

    private void begin(Errands errands) {
      var members = errands.ring().members();
      silent = members.size();
      for (var member : members) {
        errands.ask(member.id(), new HintStep.CountKept(), config.timeoutMillis(), this::onOldestHint);
      }
    }

    private void onOldestHint(StoreAnswer answer, Errands errands) {
      if (isOver()) {
        return;
      }
      if (!(answer instanceof HintAnswer.Tally tally)) {
        round = null;
        return;
      }
      // What a hint carries was written before it was first kept, by a clock that may be ahead; the grace covers that.
      if (tally.oldestMillis() != HintAnswer.Tally.NONE) {
        beforeHlc = Math.min(beforeHlc, Hlc.atMillis(Math.max(0, tally.oldestMillis() - config.graceMillis())));
      }
      if (--silent == 0) {
        list(errands);
      }
    }

    private void list(Errands errands) {
      var ranges = errands.ring().primaryRanges(errands.self());
      if (next.isEnd() || ranges.isEmpty()) {
        round = null;
        return;
      }
      errands.ask(errands.self(), new StoreStep.Leftovers(ranges, next, beforeHlc, config.pageKeys()),
          config.timeoutMillis(), this::onPage);
    }

    private void onPage(StoreAnswer answer, Errands errands) {
      if (isOver()) {
        return;
      }
      if (answer instanceof StoreAnswer.Page page) {
        next = page.next();
        look(page.keys(), errands);
      } else {
        round = null;
      }
    }

    private void look(List<Bytes> listed, Errands errands) {
      var keys = listed.stream().map(Key::of).filter(looks::hasRoomFor).toList();
      if (keys.isEmpty()) {
        list(errands);
        return;
      }
      atWork = keys.size();
      for (var key : keys) {
        new Burial(key, config, replicasOf, (found, later) -> isSecond(key, found, later), this::isOver, this::onDone)
            .begin(errands);
      }
    }

    /** Reckoned from the round's beginning, when members were asked for hints: a late copy may have become one since. */
    private boolean isSecond(Key key, Inspected found, Errands errands) {
      return config.lateMillis() == 0 || looks.isSecond(key, found, beganMillis - config.lateMillis(),
          errands.now().steadyMillis());
    }

    private void onDone(Errands errands) {
      if (!isOver() && --atWork == 0) {
        list(errands);
      }
    }
  }
}
