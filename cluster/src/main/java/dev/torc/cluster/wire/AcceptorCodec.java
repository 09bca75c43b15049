package dev.torc.cluster.wire;

import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.StoredRecord;

/**
 * The binary form of what proposers and acceptors say to each other, and of an acceptor's state on disk. A record that was accepted and the one that
 * is held are mostly the same, so the second is written as one byte then.
 */
public final class AcceptorCodec {
  private static final int FORMAT = 1;

  private static final int PREPARE = 1;
  private static final int ACCEPT = 2;
  private static final int QUERY = 3;

  private static final int PROMISED = 1;
  private static final int ACCEPTED = 2;
  private static final int NACKED = 3;
  private static final int STALE = 4;
  private static final int QUERIED = 5;
  private static final int ABSTAINED = 6;

  private AcceptorCodec() {}

  public static byte[] encode(AcceptorState state) {
    var out = new ByteWriter((int) Math.min(1 << 30, 128 + state.value().valueBytes() + state.results().valueBytes()));
    write(state.promised(), out.u8(FORMAT));
    write(state.accepted(), out);
    RecordCodec.write(state.value(), out);
    EnvelopeCodec.write(state.results(), out);
    return out.i64(state.era()).toArray();
  }

  /** @throws MalformedException if these are not a state's bytes, whole */
  public static AcceptorState decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedException("an acceptor's state of format " + format);
    }
    var state = new AcceptorState(readBallot(in), readBallot(in), RecordCodec.read(in), EnvelopeCodec.read(in),
        in.i64());
    in.end();
    return state;
  }

  /** The least ballot that a new round must exceed, of a state's bytes; the rest is not looked at. */
  public static Ballot floor(byte[] bytes) {
    var in = new ByteReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedException("an acceptor's state of format " + format);
    }
    return Ballot.max(readBallot(in), readBallot(in));
  }

  static void write(AcceptorStep step, ByteWriter out) {
    switch (step) {
      case AcceptorStep.Prepare prepare -> write(prepare.ballot(), head(PREPARE, step, out));
      case AcceptorStep.Accept accept -> {
        write(accept.ballot(), head(ACCEPT, step, out));
        RecordCodec.write(accept.value(), out);
        EnvelopeCodec.write(accept.results(), out);
        write(accept.next(), out);
        out.bool(accept.isCached());
      }
      case AcceptorStep.Query query -> head(QUERY, step, out);
      case AcceptorStep.Restore restore -> throw new IllegalArgumentException("to restore is for a node's own store");
      case AcceptorStep.Rejoin rejoin -> throw new IllegalArgumentException("to rejoin is for a node's own store");
    }
  }

  static AcceptorStep readStep(ByteReader in) {
    int kind = in.u8();
    var key = Key.of(in.bytes());
    var epoch = new Epoch(in.i64(), in.u8());
    return switch (kind) {
      case PREPARE -> new AcceptorStep.Prepare(key, epoch, readBallot(in));
      case ACCEPT -> new AcceptorStep.Accept(key, epoch, readBallot(in), RecordCodec.read(in), EnvelopeCodec.read(in),
          readBallot(in), in.bool());
      case QUERY -> new AcceptorStep.Query(key, epoch);
      default -> throw new MalformedException("an acceptor's step of kind " + kind);
    };
  }

  static void write(AcceptorAnswer answer, ByteWriter out) {
    switch (answer) {
      case AcceptorAnswer.Promised promised -> {
        write(promised.accepted(), out.u8(PROMISED));
        writePair(promised.value(), promised.held(), out);
        EnvelopeCodec.write(promised.results(), out);
      }
      case AcceptorAnswer.Accepted accepted -> out.u8(ACCEPTED);
      case AcceptorAnswer.Nacked nacked -> write(nacked.floor(), out.u8(NACKED));
      case AcceptorAnswer.Stale stale -> out.u8(STALE);
      case AcceptorAnswer.Queried queried -> {
        write(queried.accepted(), out.u8(QUERIED));
        writePair(queried.value(), queried.held(), out);
        out.bool(queried.isHeld());
      }
      case AcceptorAnswer.Abstained abstained -> out.u8(ABSTAINED);
    }
  }

  static AcceptorAnswer readAnswer(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case PROMISED -> {
        var accepted = readBallot(in);
        var value = RecordCodec.read(in);
        var held = readHeld(value, in);
        yield new AcceptorAnswer.Promised(accepted, value, EnvelopeCodec.read(in), held);
      }
      case ACCEPTED -> new AcceptorAnswer.Accepted();
      case NACKED -> new AcceptorAnswer.Nacked(readBallot(in));
      case STALE -> new AcceptorAnswer.Stale();
      case QUERIED -> {
        var accepted = readBallot(in);
        var value = RecordCodec.read(in);
        yield new AcceptorAnswer.Queried(accepted, value, readHeld(value, in), in.bool());
      }
      case ABSTAINED -> new AcceptorAnswer.Abstained();
      default -> throw new MalformedException("an acceptor's answer of kind " + kind);
    };
  }

  private static ByteWriter head(int kind, AcceptorStep step, ByteWriter out) {
    return out.u8(kind).bytes(step.key().bytes()).i64(step.epoch().ring()).u8(step.epoch().replicas());
  }

  private static void writePair(StoredRecord value, StoredRecord held, ByteWriter out) {
    RecordCodec.write(value, out);
    boolean same = held.equals(value);
    out.bool(same);
    if (!same) {
      RecordCodec.write(held, out);
    }
  }

  private static StoredRecord readHeld(StoredRecord value, ByteReader in) {
    return in.bool() ? value : RecordCodec.read(in);
  }

  static void write(Ballot ballot, ByteWriter out) {
    out.i64(ballot.counter()).i64(ballot.proposer());
  }

  static Ballot readBallot(ByteReader in) {
    return new Ballot(in.i64(), in.i64());
  }
}
