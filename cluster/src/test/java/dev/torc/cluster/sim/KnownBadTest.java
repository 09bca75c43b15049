package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the simulation is worth: each safety mechanism broken, one at a time, and found out. The table below says under which seed, and by which
 * invariant; the same seeds pass with nothing broken, which {@link SimulationTest} sees to.
 *
 * <p>A change to the simulation changes what a seed does. Then {@link MutantSearch} prints for each mutant which invariants it
 * breaks, under how many seeds, and under which first.
 */
class KnownBadTest {

  enum KnownBad {
    ONE_IS_A_WRITE_QUORUM(1, Invariant.READS_SEE_WRITES, ShellMutants.OneIsAWriteQuorum::new),
    ONE_IS_A_READ_QUORUM(1,
        Invariant.READS_SEE_WRITES, ShellMutants.OneIsAReadQuorum::new),
    COUNTS_DUPLICATES(2,
        Invariant.ACKNOWLEDGED_BY_ENOUGH, ShellMutants.CountsDuplicates::new),
    REUSES_IDS(111,
        Invariant.ACKNOWLEDGED_BY_ENOUGH, ShellMutants.ReusesIds::new),
    ANSWERS_BEFORE_REPAIR(1,
        Invariant.READS_ARE_MONOTONIC, ShellMutants.AnswersBeforeRepair::new),
    TAKES_VERSIONS_FOR_RECORDS(1,
        Invariant.NO_SIBLING_LOST, ShellMutants.TakesVersionsForRecords::new),
    FORWARDS_AGAIN(4,
        Invariant.APPLIED_ONCE, ShellMutants.ForwardsAgain::new),
    TAKES_LATE_MESSAGES(2,
        Invariant.LATE_IS_REFUSED,
        ShellMutants.TakesLateMessages::new),
    REFUSES_WHAT_IS_UNCERTAIN(1,
        Invariant.REFUSED_IS_NOT_APPLIED,
        ShellMutants.RefusesWhatIsUncertain::new),
    SCANS_ITSELF(1, Invariant.SCANS_FIND_ALL,
        ShellMutants.ScansItself::new),
    ANSWERS_BEFORE_SYNC(7,
        Invariant.ACKNOWLEDGED_IS_KEPT,
        StoreMutants.AnswersBeforeSync::new),
    RULE_1_IMPLIED_DOTS(1,
        Invariant.NO_SIBLING_LOST,
        StoreMutants.ImpliedDots::new),
    RULE_2_KEEPS_ITS_ACTORS(11,
        Invariant.NO_SIBLING_LOST,
        StoreMutants.KeepsItsActors::new),
    RULE_2_UNREADABLE_IS_ABSENT(5,
        Invariant.READS_SEE_WRITES,
        StoreMutants.UnreadableIsAbsent::new),
    RULE_3_SENDS_A_LONE_SIBLING(
        1, Invariant.NO_SIBLING_LOST,
        ShellMutants.SendsALoneSibling::new),
    RULE_4_DOTS_FROM_THE_WALL(
        1, Invariant.NO_SIBLING_LOST,
        StoreMutants.DotsFromTheWall::new),
    RULE_5_BLIND_SUPERSEDES_NOTHING(
        1, Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.BlindSupersedesNothing::new),
    RULE_6_FOLDS_WITHOUT_BOUND(
        1, Invariant.CLOCKS_STAY_WITHIN_SKEW,
        StoreMutants.FoldsWithoutBound::new),
    RULE_7_BELIEVES_FORGED_CONTEXTS(
        9, Invariant.NO_SIBLING_LOST,
        StoreMutants.BelievesForgedContexts::new),
    RULE_8_DROPS_WHAT_EXPIRED(
        2, Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.DropsWhatExpired::new),
    RULE_9_PRUNES_LIVE_ACTORS(
        1,
        Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.PrunesLiveActors::new),
    REAPS_BY_AGE(
        2,
        Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.ReapsByAge::new),
    MERGES_NO_TOMBSTONES(
        1,
        Invariant.NO_SIBLING_LOST,
        StoreMutants.MergesNoTombstones::new),
    LAST_WRITE_WINS(
        1,
        Invariant.NO_SIBLING_LOST,
        StoreMutants.LastWriteWins::new);

    private final long seed;
    private final Invariant broken;
    final Supplier<Mutant> mutant;

    KnownBad(long seed, Invariant broken, Supplier<Mutant> mutant) {
      this.seed = seed;
      this.broken = broken;
      this.mutant = mutant;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundOut(KnownBad bad) {
    var result = Simulation.run(bad.seed, bad.mutant.get(), false);
    assertThat(result.broken()).as("%s under seed %d", bad, bad.seed).containsKey(bad.broken);
  }
}
