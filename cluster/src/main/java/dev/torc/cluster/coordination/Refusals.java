package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.protocol.command.Level;
import java.util.Optional;

/** The words in which a request is refused: what was asked, and what there was. */
final class Refusals {
  private Refusals() {}

  static Outcome writeLevel(Level level, int required, int live, int replicas) {
    return new Outcome.Refused(Reason.WRITE_LEVEL, "write level " + wanted(level, required, live, replicas));
  }

  static Outcome readLevel(Level level, int required, int live, int replicas) {
    return new Outcome.Refused(Reason.READ_LEVEL, "read level " + wanted(level, required, live, replicas));
  }

  /** At a level at which stand-ins count. */
  static Outcome nobodyStandsIn(boolean reads, Level level, int required, int live, int standIns, int replicas) {
    return new Outcome.Refused(reads ? Reason.READ_LEVEL : Reason.WRITE_LEVEL, (reads ? "read" : "write") + " level "
        + level + " needs " + required + " nodes for the key's " + replicas + " replicas, " + live
        + " of these and " + standIns + " that could stand in can be reached");
  }

  /** @param standIns of those who could count instead, how many can be reached */
  static Outcome tooFewToRead(Level level, int required, int live, int standIns, int replicas) {
    return level.countsHints()
        ? nobodyStandsIn(true, level, required, live, standIns, replicas)
        : readLevel(level, required, live, replicas);
  }

  static Outcome readAnswers(Level level, int required, int answered, String within) {
    return new Outcome.Refused(Reason.READ_LEVEL,
        "read level " + level + " needs " + required + " replicas, " + answered + " answered" + within);
  }

  /** Why no key of such terms can be read or written at the level, however many nodes come; empty: it can. */
  static Optional<Outcome> badLevel(Terms terms, boolean reads, Turn turn) {
    int replicas = terms.replicas() == 0 ? turn.ring().replicas() : terms.replicas();
    if (terms.level() instanceof Level.Count asked && asked.count() > replicas) {
      return Optional.of(new Outcome.Refused(Reason.BAD_LEVEL,
          (reads ? "R " : "W ") + asked.count() + " is more than the key's " + replicas + " replicas"));
    }
    return reads && terms.level() instanceof Level.Any
        ? Optional
            .of(new Outcome.Refused(Reason.BAD_LEVEL, "any is a level of writes; a read asks one replica at least"))
        : Optional.empty();
  }

  /** A local level where no replica stands where this node does. */
  static Outcome nothingLocal(Reason reason, Turn turn) {
    return new Outcome.Refused(reason, "level local_quorum: the key has no replica in the data centre '"
        + turn.ring().dataCenter(turn.self()) + "'");
  }

  /** @param level of which kind the operation is */
  static Outcome strongUnanswered(Reason level, int required, int replicas, String within) {
    return new Outcome.Refused(level, "strong needs " + required + " of the key's " + replicas
        + " replicas, they did not answer" + within + "; nothing was applied");
  }

  static Outcome unconfirmed(String within) {
    return new Outcome.Uncertain("no majority confirmed the change" + within + ", it may be applied");
  }

  static Outcome contention(String within) {
    return new Outcome.Refused(Reason.CONTENTION,
        "other strong operations on the key were in the way" + within + "; nothing was applied");
  }

  /** Enough have answered, and none knows what the client does. */
  static Outcome notSeen(String within) {
    return new Outcome.Refused(Reason.READ_LEVEL,
        "no replica that answered" + within + " has seen what the context has");
  }

  /** No quorum has answered, and nothing else is known to be young enough. */
  static Outcome notYoungEnough(long maxStaleMillis, String within) {
    return new Outcome.Refused(Reason.READ_LEVEL,
        "no answer" + within + " is known to be at most " + maxStaleMillis + " ms old");
  }

  static Outcome contextFromTheFuture() {
    return new Outcome.Refused(Reason.BAD_CONTEXT, "the context is further ahead than the clocks may differ");
  }

  static Outcome of(StoreAnswer.Failed failed) {
    var reason = switch (failed.cause()) {
      case DISK, COMMIT -> Reason.DISK;
      case BAD_CONTEXT -> Reason.BAD_CONTEXT;
      case SIBLINGS -> Reason.SIBLINGS;
      case BUSY, LATE, BEHIND, LOST -> Reason.BUSY;
      case COUNTING -> Reason.LOADING;
    };
    return new Outcome.Refused(reason, failed.reason());
  }

  private static String wanted(Level level, int required, int live, int replicas) {
    return level + " needs " + required + " of the key's " + replicas + " replicas, " + live + " can be reached";
  }
}
