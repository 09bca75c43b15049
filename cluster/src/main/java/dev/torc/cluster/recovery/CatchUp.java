package dev.torc.cluster.recovery;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.SlotStates;
import dev.torc.cluster.upkeep.Chore;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.cluster.upkeep.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a replica whole again that may have lost what it acknowledged: after a power cut that took what was not synced, a disk that failed, an absence longer than
 * others keep hints, or with a disk that is empty or an older copy. Whatever a majority of the <em>other</em> replicas of a slot holds is merged into its own
 * store, everything, from the first key to the last; then the slot counts in read quorums again. All that was acknowledged is on such a majority, and what is
 * written meanwhile comes here like to any replica.
 *
 * <p>The complication is a replica that may have forgotten its promises too ({@link Restoring}): before it takes part in strong operations again it must make sure that
 * nothing it promised can still lead anywhere.
 *
 * <p>Stretches of slots with the same replicas are worked at together, a few at a time, each resting as long as its last question took, and all at one {@link Pace}, which yields when
 * stores answer later, this one or those that are asked; so what clients ask comes first.
 * What fails is tried again later. When too few others can be reached it waits.
 */
public final class CatchUp implements Chore {
  private static final int LONGEST_STRETCH = 64;
  /** Of such that lack promises alone: floors are synced, at all replicas, and what is raised together is synced together. */
  private static final int LONGEST_RAISED = 128;
  private static final long AFTER_FAILURE_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 1_000;

  private final CatchUpConfig config;
  private final SlotStates slots;
  private final Supplier<List<Integer>> replicas;
  private final Consumer<CatchUpState> told;
  private final Ballots ballots;
  private final PromiseLosses losses;
  private final Pace pace;
  private final List<Stretch> open = new ArrayList<>();
  private int cursor;
  private boolean isStarted;
  /** The last loss that was seen, and when. */
  private long era;
  private long lostMillis;
  private long sinceMillis;
  private long notBeforeMillis;
  private long nextLookMillis;
  private long records;
  private boolean isWaiting;

  /**
   * @param slots of this node's own store
   * @param replicas how many replicas keys may have: 0 for the ring's own figure, and those of the policies; called once per tick at most
   * @param told how it goes, about once a second
   * @param hlcFloor above which ballots must begin
   */
  public CatchUp(CatchUpConfig config, SlotStates slots, Supplier<List<Integer>> replicas, long hlcFloor,
      Consumer<CatchUpState> told) {
    this.config = config;
    this.slots = slots;
    this.replicas = replicas;
    this.told = told;
    this.ballots = new Ballots(hlcFloor);
    this.losses = new PromiseLosses(slots);
    this.pace = new Pace(config.maxBytesPerSecond());
  }

  @Override
  public void onTick(Errands errands) {
    long now = errands.now().steadyMillis();
    if (!isStarted) {
      isStarted = true;
      losses.look(now);
    }
    if (now >= nextLookMillis && !errands.ring().isEmpty()) {
      nextLookMillis = now + LOOK_MILLIS;
      losses.look(now);
      told.accept(state(errands));
    }
    List.copyOf(open).forEach(stretch -> stretch.onTick(errands));
    if (slots.isCatchingUp() && !errands.ring().isEmpty() && now >= notBeforeMillis) {
      begin(replicas.get(), errands);
    }
  }

  /** What is under way goes by the ring that was; it ends in vain, and is begun again. */
  @Override
  public void onRing(Errands errands) {
    open.clear();
    nextLookMillis = 0;
  }

  /** Slots that this node does not hold have no sources, and need none. */
  private void begin(List<Integer> factors, Errands errands) {
    int from = cursor;
    int looked = 0;
    boolean lacksSources = false;
    while (looked < Slot.COUNT && open.size() < config.atOnce() && pace.mayAsk(errands.now().steadyMillis())) {
      int slot = (from + looked) % Slot.COUNT;
      var sources = mayBegin(slot, errands) ? sources(slot, factors, errands) : null;
      if (sources == null) {
        looked++;
        continue;
      }
      int end = end(slot, sources, factors, errands);
      looked += end - slot;
      if (sources.areEnough(errands::isLive, node -> false)) {
        cursor = end % Slot.COUNT;
        open(slot, end, sources, errands);
      } else {
        lacksSources = true;
      }
    }
    isWaiting = lacksSources && open.isEmpty();
    notBeforeMillis = errands.now().steadyMillis() + (looked < Slot.COUNT ? 0 : LOOK_MILLIS);
  }

  private Sources sources(int slot, List<Integer> factors, Errands errands) {
    long now = errands.now().steadyMillis();
    boolean needsAll = now - Math.max(lostMillis, losses.sinceMillis(slot, now)) < config.settleMillis();
    return Sources.of(slot, errands.ring(), errands.self(), factors, needsAll);
  }

  private boolean mayBegin(int slot, Errands errands) {
    var wholeness = slots.wholeness(slot);
    if (wholeness.since() > era) {
      era = wholeness.since();
      lostMillis = errands.now().steadyMillis();
    }
    long now = errands.now().steadyMillis();
    boolean mayRaise = now - losses.sinceMillis(slot, now) >= Ballots.waitMillis(config.maxSkewMillis());
    return !slots.awaitsSalvage(slot) && (wholeness.lacksRecords() || wholeness.lacksPromises() && mayRaise)
        && open.stream().noneMatch(stretch -> stretch.range().covers(slot));
  }

  /** Behind the last slot that may go with this one. */
  private int end(int slot, Sources sources, List<Integer> factors, Errands errands) {
    int most = slots.wholeness(slot).lacksRecords() ? LONGEST_STRETCH : LONGEST_RAISED;
    int end = slot + 1;
    while (end < Math.min(Slot.COUNT, slot + most) && slots.wholeness(end).equals(slots.wholeness(slot))
        && mayBegin(end, errands) && sources(end, factors, errands).equals(sources)) {
      end++;
    }
    return end;
  }

  private void open(int from, int end, Sources sources, Errands errands) {
    var stretch = new Stretch(config, new SlotRange(from, end - 1), slots.wholeness(from), sources, ballots, pace,
        this::onEnded);
    open.add(stretch);
    stretch.begin(errands);
  }

  private void onEnded(Stretch stretch, boolean isWhole, Errands errands) {
    records += stretch.records();
    if (open.remove(stretch) && !isWhole) {
      notBeforeMillis = errands.now().steadyMillis() + AFTER_FAILURE_MILLIS;
    }
  }

  private CatchUpState state(Errands errands) {
    if (!slots.isCatchingUp()) {
      sinceMillis = 0;
      return new CatchUpState(0, 0, records, 0, false);
    }
    int held = 0;
    int pending = 0;
    var factors = replicas.get();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      boolean isHeld = isHeld(slot, errands.ring(), errands.self(), factors);
      held += isHeld ? 1 : 0;
      pending += isHeld && !slots.wholeness(slot).isWhole() ? 1 : 0;
    }
    if (pending == 0) {
      sinceMillis = 0;
    } else if (sinceMillis == 0) {
      sinceMillis = errands.now().wallMillis();
    }
    return new CatchUpState(held, pending, records, sinceMillis, isWaiting && pending > 0);
  }

  private static boolean isHeld(int slot, Ring ring, NodeId self, List<Integer> factors) {
    for (int n : factors) {
      if (ring.preferenceList(slot, n).contains(self)) {
        return true;
      }
    }
    return false;
  }
}
