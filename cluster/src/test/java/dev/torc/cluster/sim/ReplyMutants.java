package dev.torc.cluster.sim;

import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Shells whose clients get wrong answers, or none. */
final class ReplyMutants {
  private ReplyMutants() {}

  /** Tells what became of a write, and tells it again. */
  static final class AnswersTwice extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var told = new ArrayList<>(effects);
      for (var effect : effects) {
        if (effect instanceof Effect.Reply reply && reply.outcome() instanceof Outcome.Written) {
          told.add(reply);
        }
      }
      return told;
    }
  }

  /** Tells a writer what became of the write before. */
  static final class IsOneAnswerLate extends Mutant {
    private Outcome.Written last;

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream().map(this::late).toList();
    }

    private Effect late(Effect effect) {
      if (!(effect instanceof Effect.Reply reply) || !(reply.outcome() instanceof Outcome.Written written)) {
        return effect;
      }
      var told = last == null ? written : last;
      last = written;
      return new Effect.Reply(reply.request(), told);
    }
  }

  /** Once too few replicas could be reached it refuses all that is read, for ever. */
  static final class NeverTrustsAgain extends Mutant {
    private final TreeSet<Integer> failed = new TreeSet<>();

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream().map(effect -> refused(node.index(), effect)).toList();
    }

    private Effect refused(int node, Effect effect) {
      if (effect instanceof Effect.Reply reply && reply.outcome() instanceof Outcome.Refused no
          && no.reason() == Outcome.Reason.READ_LEVEL) {
        failed.add(node);
      }
      return effect instanceof Effect.Reply reply && reply.outcome() instanceof Outcome.Found && failed.contains(node)
          ? new Effect.Reply(reply.request(), new Outcome.Refused(Outcome.Reason.READ_LEVEL, "as before"))
          : effect;
    }
  }

  /** Waits for what was asked, however long it takes. */
  static final class NeverGivesUp extends Mutant {
    @Override
    CoordinatorConfig config() {
      var as = SimConfig.COORDINATOR;
      return new CoordinatorConfig(1_000_000, as.speculateAfterMillis(), as.versionOnlyAboveBytes(), as.maxOpen(),
          as.maxSkewMillis(), as.siblings());
    }
  }

  /** Its chance runs out. */
  static final class RunsOutOfChance extends Mutant {
    private static final int MOST_DRAWS = 50;

    @Override
    RandomGenerator ids(RandomGenerator random) {
      return new RandomGenerator() {
        private int draws;

        @Override
        public long nextLong() {
          if (draws++ == MOST_DRAWS) {
            throw new IllegalStateException("no more chance");
          }
          return random.nextLong();
        }
      };
    }
  }
}
