package dev.torc.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the simulation is worth: each safety mechanism broken, one at a time, and found out. The table below says by which invariant, the
 * resource {@link #SEEDS} under which seed; the same seeds pass with nothing broken, which {@link SimulationTest} sees to.
 *
 * <p>A change to the simulation changes what a seed does. Then {@link MutantSearch} with {@code -Dsim.write=true} writes the resource anew.
 */
class KnownBadTest {
  /** A line each: the mutant's name, a space, the seed under which it is found out. */
  static final String SEEDS = "/sim/known-bad-seeds.txt";

  /** As many run anyway. */
  private static final long USUAL_SEEDS = 300;

  enum KnownBad {
    ONE_IS_A_WRITE_QUORUM(Invariant.READS_SEE_WRITES, ShellMutants.OneIsAWriteQuorum::new),
    ONE_IS_A_READ_QUORUM(Invariant.READS_SEE_WRITES, ShellMutants.OneIsAReadQuorum::new),
    COUNTS_DUPLICATES(Invariant.ACKNOWLEDGED_BY_ENOUGH, ShellMutants.CountsDuplicates::new),
    REUSES_IDS(Invariant.STRONG_IS_LINEARIZABLE, ShellMutants.ReusesIds::new),
    SESSION_READS_WHAT_COMES(Invariant.SESSIONS_SEE_WHAT_THEY_SAW, BoundMutants.AnswersWithWhatItHas::new),
    SESSION_TAKES_ABSENCE_FOR_REAPED(Invariant.SESSIONS_SEE_WHAT_THEY_SAW, BoundMutants.TakesAbsenceForReaped::new),
    SESSION_WRITES_BLINDLY(Invariant.SESSIONS_SEE_WHAT_THEY_SAW, BoundMutants.WritesWithoutTheSession::new),
    ANSWERS_WITH_WHAT_IT_HAS(Invariant.AFTER_IS_SEEN, BoundMutants.AnswersWithWhatItHas::new),
    BELIEVES_THE_CLOCK(Invariant.STALENESS_IS_TRUE, BoundMutants.BelievesTheClock::new),
    CONFIRMS_WHAT_IS_ABSENT(Invariant.CONFIRMED_IS_HELD, BoundMutants.ConfirmsWhatIsAbsent::new),
    CONFIRMS_UNSYNCED(Invariant.CONFIRMED_IS_HELD, BoundMutants.ConfirmsUnsynced::new),
    ANSWERS_BEFORE_REPAIR(Invariant.READS_ARE_MONOTONIC, ShellMutants.AnswersBeforeRepair::new),
    TAKES_VERSIONS_FOR_RECORDS(Invariant.NO_SIBLING_LOST, ShellMutants.TakesVersionsForRecords::new),
    FORWARDS_AGAIN(Invariant.APPLIED_ONCE, ShellMutants.ForwardsAgain::new),
    TAKES_LATE_MESSAGES(Invariant.LATE_IS_REFUSED,
        ShellMutants.TakesLateMessages::new),
    REFUSES_WHAT_IS_UNCERTAIN(Invariant.REFUSED_IS_NOT_APPLIED,
        ShellMutants.RefusesWhatIsUncertain::new),
    TAKES_WHATEVER_COMES(Invariant.QUEUES_ARE_BOUNDED,
        ShellMutants.TakesWhateverComes::new),
    SCANS_ITSELF(Invariant.SCANS_FIND_ALL,
        ShellMutants.ScansItself::new),
    ANSWERS_BEFORE_SYNC(Invariant.ACKNOWLEDGED_IS_KEPT,
        StoreMutants.AnswersBeforeSync::new),
    RULE_1_IMPLIED_DOTS(Invariant.NO_SIBLING_LOST,
        StoreMutants.ImpliedDots::new),
    RULE_2_KEEPS_ITS_ACTORS(Invariant.NO_SIBLING_LOST,
        StoreMutants.KeepsItsActors::new),
    RULE_2_UNREADABLE_IS_ABSENT(Invariant.READS_SEE_WRITES,
        StoreMutants.UnreadableIsAbsent::new),
    RULE_3_SENDS_A_LONE_SIBLING(Invariant.NO_SIBLING_LOST,
        ShellMutants.SendsALoneSibling::new),
    RULE_4_DOTS_FROM_THE_WALL(Invariant.NO_SIBLING_LOST,
        StoreMutants.DotsFromTheWall::new),
    RULE_5_BLIND_SUPERSEDES_NOTHING(Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.BlindSupersedesNothing::new),
    RULE_6_FOLDS_WITHOUT_BOUND(Invariant.CLOCKS_STAY_WITHIN_SKEW,
        StoreMutants.FoldsWithoutBound::new),
    RULE_7_BELIEVES_FORGED_CONTEXTS(Invariant.NO_SIBLING_LOST,
        StoreMutants.BelievesForgedContexts::new),
    RULE_8_DROPS_WHAT_EXPIRED(Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.DropsWhatExpired::new),
    RULE_9_PRUNES_LIVE_ACTORS(Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.PrunesLiveActors::new),
    REAPS_WITHOUT_GRACE(Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.ReapsWithoutGrace::new),
    REAPS_BY_AGE(Invariant.NOTHING_SUPERSEDED_RETURNS,
        StoreMutants.ReapsByAge::new),
    REAPS_WHAT_IS_ALIVE(Invariant.REAPED_IS_DELETED_EVERYWHERE, ReapMutants.ReapsWhatIsAlive::new),
    REAPS_ON_THE_FIRST_WORD(Invariant.REAPED_IS_DELETED_EVERYWHERE, ReapMutants.AgreesWithTheFirst::new),
    MERGES_NO_TOMBSTONES(Invariant.NO_SIBLING_LOST,
        StoreMutants.MergesNoTombstones::new),
    TREES_NOTE_NO_MERGES(Invariant.TREES_ARE_OF_THE_RECORDS, TreeMutants.NotesNoMerges::new),
    SEES_NO_DIFFERENCE(Invariant.REPLICAS_CONVERGE, TreeMutants.SeesNoDifference::new),
    LISTS_NOTHING(Invariant.REPLICAS_CONVERGE, TreeMutants.ListsNothing::new),
    LAST_WRITE_WINS(Invariant.NO_SIBLING_LOST,
        StoreMutants.LastWriteWins::new),
    STRONG_IGNORES_RECORDS(Invariant.STRONG_SEES_WRITES,
        StrongMutants.IgnoresRecords::new),
    STRONG_READS_WHAT_IS_ACCEPTED(Invariant.STRONG_SEES_WRITES,
        StrongMutants.ReadsWhatIsAccepted::new),
    STRONG_NEVER_STALE(Invariant.STRONG_SEES_WRITES,
        StrongMutants.NeverStale::new),
    STRONG_FORGETS_RESULTS(Invariant.APPLIED_ONCE,
        StrongMutants.ForgetsResults::new),
    STRONG_IGNORES_PROMISES(Invariant.STRONG_WRITES_ARE_A_CHAIN,
        StrongMutants.IgnoresPromises::new),
    STRONG_PROMISES_UNSYNCED(Invariant.STRONG_WRITES_ARE_A_CHAIN,
        StrongMutants.PromisesUnsynced::new),
    STRONG_COMMITS_BEFORE_CHOSEN(Invariant.STRONG_WRITES_ARE_A_CHAIN,
        ProposerMutants.CommitsBeforeChosen::new),
    STRONG_ACKNOWLEDGES_BEFORE_COMMIT(Invariant.READS_SEE_WRITES,
        ProposerMutants.AcknowledgesBeforeCommit::new),
    STRONG_ACCEPTED_BY_ONE(Invariant.STRONG_WRITES_ARE_A_CHAIN,
        ProposerMutants.AcceptedByOne::new),
    STRONG_ANSWERS_WHAT_IS_UNCHOSEN(Invariant.STRONG_IS_LINEARIZABLE,
        ProposerMutants.AnswersWhatIsUnchosen::new),
    STRONG_OWN_ACCEPTOR_FIRST(Invariant.STRONG_SEES_WRITES,
        ProposerMutants.OwnAcceptorFirst::new),
    STRONG_SHARES_AN_ACTOR(Invariant.NO_SIBLING_LOST,
        ProposerMutants.SharesAnActor::new),
    RECOVERY_COMES_BACK_AS_IT_WAS(Invariant.STRONG_WRITES_ARE_A_CHAIN, RecoveryMutants.ComesBackAsItWas::new),
    RECOVERY_DOES_NOT_RECOGNISE_AN_OLDER_COPY(Invariant.STRONG_WRITES_ARE_A_CHAIN,
        RecoveryMutants.DoesNotRecogniseAnOlderCopy::new),
    COMMITS_WITHOUT_LOCK(Invariant.JOINT_IS_ATOMIC,
        StoreMutants.CommitsWithoutLock::new),
    READS_PAST_INTENTS(Invariant.JOINT_IS_ATOMIC,
        StoreMutants.ReadsPastIntents::new),
    HINT_COUNTS_AT_A_QUORUM(Invariant.ACKNOWLEDGED_BY_ENOUGH,
        HintMutants.CountsAtAQuorum::new),
    SLOPPY_IS_ONE(Invariant.SLOPPY_IS_QUORUM, HintMutants.SloppyIsOne::new),
    TAKES_ONE_FOR_A_SLOPPY_QUORUM(Invariant.READS_SEE_WRITES, HintMutants.TakesOneForASloppyQuorum::new),
    HINT_DROPPED_UNDER_WAY(Invariant.HINTS_REACH_THEIR_OWNER,
        HintMutants.DropsWhatIsUnderWay::new),
    HINT_DROPPED_BEFORE_SYNC(Invariant.HINTS_REACH_THEIR_OWNER,
        BoundMutants.ConfirmsUnsynced::new),
    HINT_DELIVERED_TO_SOMEBODY_ELSE(Invariant.HINTS_REACH_THEIR_OWNER,
        HintMutants.DeliversToSomebodyElse::new),
    HINT_NEVER_DROPPED(Invariant.HINTS_DRAIN, VersionMutants.LetsNoHintGo::new),
    TAKES_QUESTIONS_FOR_NEWS(Invariant.VERSIONS_CLAIM_WHAT_WAS_SEEN, VersionMutants.TakesQuestionsForNews::new),
    OVERWRITES_WITH_THE_LATEST(Invariant.NOTHING_SEEN_IS_FORGOTTEN, VersionMutants.OverwritesWithTheLatest::new),
    RULE_4_DOTS_BEFORE_THEIR_PAST(Invariant.DOTS_FOLLOW_THEIR_PAST, StoreMutants.DotsFromTheWall::new),
    TAKES_NOTHING_IN_AFTER_A_LOSS(Invariant.REPLICAS_AGREE, VersionMutants.TakesNothingInAfterALoss::new),
    TAKES_CLOCKS_FOR_EQUAL(Invariant.HONEST_CONTEXTS_ARE_TAKEN, VersionMutants.TakesClocksForEqual::new),
    KEEPS_INTENTS(Invariant.NO_INTENT_STAYS, VersionMutants.KeepsIntents::new),
    ANSWERS_TWICE(Invariant.ANSWERED_ONCE, ReplyMutants.AnswersTwice::new),
    IS_ONE_ANSWER_LATE(Invariant.ANSWERS_BELONG, ReplyMutants.IsOneAnswerLate::new),
    NEVER_TRUSTS_AGAIN(Invariant.RECOVERS, ReplyMutants.NeverTrustsAgain::new),
    NEVER_GIVES_UP(Invariant.NOTHING_STAYS_OPEN, ReplyMutants.NeverGivesUp::new),
    RUNS_OUT_OF_CHANCE(Invariant.NEVER_THROWS, ReplyMutants.RunsOutOfChance::new);

    final Invariant broken;
    final Supplier<Mutant> mutant;

    KnownBad(Invariant broken, Supplier<Mutant> mutant) {
      this.broken = broken;
      this.mutant = mutant;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundOut(KnownBad bad) throws IOException {
    long seed = seeds().getOrDefault(bad.name(), 0L);
    assertThat(seed).as("a seed for %s in %s", bad, SEEDS).isPositive();
    var result = Simulation.run(seed, bad.mutant.get(), false);
    assertThat(result.broken()).as("%s under seed %d", bad, seed).containsKey(bad.broken);
  }

  /** {@link SimulationTest} does not come so far. */
  @Test
  void theirSeedsBeyondTheUsualOnesPassWithNothingBroken() throws IOException {
    for (long seed : new TreeSet<>(seeds().values()).tailSet(USUAL_SEEDS, false)) {
      var result = Simulation.run(seed);
      assertThat(result.broken()).as(result.message()).isEmpty();
    }
  }

  /** One that no mutant breaks might have stopped to look. */
  @Test
  void everyInvariantIsBrokenBySomeMutant() {
    assertThat(EnumSet.allOf(Invariant.class)).isEqualTo(EnumSet.copyOf(
        Stream.of(KnownBad.values()).map(bad -> bad.broken).toList()));
  }

  static Map<String, Long> seeds() throws IOException {
    var seeds = new TreeMap<String, Long>();
    try (var in = KnownBadTest.class.getResourceAsStream(SEEDS)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" "))
          .forEach(words -> seeds.put(words[0], Long.parseLong(words[1])));
    }
    return seeds;
  }
}
