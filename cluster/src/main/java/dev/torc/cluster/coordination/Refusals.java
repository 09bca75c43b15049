package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.protocol.command.Level;

/** The words in which a request is refused: what was asked, and what there was. */
final class Refusals {
  private Refusals() {}

  static Outcome writeLevel(Level level, int required, int live, int replicas) {
    return new Outcome.Refused(Reason.WRITE_LEVEL, "write level " + wanted(level, required, live, replicas));
  }

  static Outcome readLevel(Level level, int required, int live, int replicas) {
    return new Outcome.Refused(Reason.READ_LEVEL, "read level " + wanted(level, required, live, replicas));
  }

  static Outcome readAnswers(Level level, int required, int answered, String within) {
    return new Outcome.Refused(Reason.READ_LEVEL,
        "read level " + level + " needs " + required + " replicas, " + answered + " answered" + within);
  }

  static Outcome of(StoreAnswer.Failed failed) {
    var reason = switch (failed.cause()) {
      case DISK, COMMIT -> Reason.DISK;
      case BAD_CONTEXT -> Reason.BAD_CONTEXT;
      case BUSY, LATE, BEHIND -> Reason.BUSY;
      case COUNTING -> Reason.LOADING;
    };
    return new Outcome.Refused(reason, failed.reason());
  }

  private static String wanted(Level level, int required, int live, int replicas) {
    return level + " needs " + required + " of the key's " + replicas + " replicas, " + live + " can be reached";
  }
}
