package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.resp.RespValue;

/** What a client reads of an outcome that is not the one it hoped for. The first word decides whether it tries again by itself. */
final class OutcomeReplies {
  private OutcomeReplies() {}

  static RespValue error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> code(refused.reason()).error(text(refused));
      case Outcome.Uncertain uncertain -> ErrorCode.UNCERTAIN.error(uncertain.detail());
      case Outcome.Found other -> unexpected(other);
      case Outcome.Written other -> unexpected(other);
      case Outcome.Changed other -> unexpected(other);
      case Outcome.Listed other -> unexpected(other);
      case Outcome.Counted other -> unexpected(other);
      case Outcome.Flushed other -> unexpected(other);
      case Outcome.Explained other -> unexpected(other);
      case Outcome.Confirmed other -> unexpected(other);
    };
  }

  static boolean isError(Outcome outcome) {
    return outcome instanceof Outcome.Refused || outcome instanceof Outcome.Uncertain;
  }

  private static String text(Outcome.Refused refused) {
    return refused.reason() == Outcome.Reason.DISK ? "disk: " + refused.detail() : refused.detail();
  }

  private static ErrorCode code(Outcome.Reason reason) {
    return switch (reason) {
      case READ_LEVEL, CLOCK -> ErrorCode.CLUSTERDOWN;
      case CONTENTION -> ErrorCode.TRYAGAIN;
      case WRITE_LEVEL -> ErrorCode.NOREPLICAS;
      case BUSY -> ErrorCode.BUSY;
      case LOADING -> ErrorCode.LOADING;
      case BAD_CONTEXT -> ErrorCode.BADCONTEXT;
      case DISK, BAD_LEVEL, SIBLINGS -> ErrorCode.ERR;
    };
  }

  private static RespValue unexpected(Outcome outcome) {
    throw new IllegalStateException("no reply for " + outcome);
  }
}
