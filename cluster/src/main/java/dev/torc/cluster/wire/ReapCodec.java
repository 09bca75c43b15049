package dev.torc.cluster.wire;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;

/** The binary form of {@link ReapStep}s and of the answers to them. */
final class ReapCodec {
  private static final int INSPECT = 1;
  private static final int REAP = 2;

  private static final int INSPECTED = 1;
  private static final int REAPED = 2;

  private ReapCodec() {}

  static void write(ReapStep step, ByteWriter out) {
    switch (step) {
      case ReapStep.Inspect inspect -> out.u8(INSPECT).bytes(inspect.key().bytes()).i64(inspect.graceMillis());
      case ReapStep.Reap reap -> {
        RecordCodec.write(reap.record(), out.u8(REAP).bytes(reap.key().bytes()));
        write(reap.accepted(), out);
      }
    }
  }

  static ReapStep readStep(ByteReader in) {
    int kind = in.u8();
    var key = Key.of(in.bytes());
    return switch (kind) {
      case INSPECT -> new ReapStep.Inspect(key, in.i64());
      case REAP -> new ReapStep.Reap(key, RecordCodec.read(in), readBallot(in));
      default -> throw new MalformedException("a reaping step of kind " + kind);
    };
  }

  static void write(ReapAnswer answer, ByteWriter out) {
    switch (answer) {
      case ReapAnswer.Inspected inspected -> {
        RecordCodec.write(inspected.record(), out.u8(INSPECTED).bool(inspected.isGone()));
        write(inspected.accepted(), out);
        out.bool(inspected.isQuiet());
      }
      case ReapAnswer.Reaped reaped -> out.u8(REAPED).bool(reaped.isReaped());
    }
  }

  static ReapAnswer readAnswer(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case INSPECTED -> new ReapAnswer.Inspected(in.bool(), RecordCodec.read(in), readBallot(in), in.bool());
      case REAPED -> new ReapAnswer.Reaped(in.bool());
      default -> throw new MalformedException("an answer to a reaping step of kind " + kind);
    };
  }

  private static void write(Ballot ballot, ByteWriter out) {
    out.i64(ballot.counter()).i64(ballot.proposer());
  }

  private static Ballot readBallot(ByteReader in) {
    return new Ballot(in.i64(), in.i64());
  }
}
