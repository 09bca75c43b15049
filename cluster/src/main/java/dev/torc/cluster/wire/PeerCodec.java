package dev.torc.cluster.wire;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;

/**
 * The binary form of what nodes say over TCP: a kind (1 byte), the id (8), the sender's clock (8), of a request the deadline (8), and the body; of several
 * together their kind, their number, and each in this form. The version of it all is agreed on when a connection begins ({@link PeerHello}).
 */
public final class PeerCodec {
  private static final int PERFORM = 1;
  private static final int PERFORMED = 2;
  private static final int FORWARD = 3;
  private static final int FORWARDED = 4;
  private static final int TOGETHER = 5;
  /** Of a kind, an id and a clock. */
  private static final int HEAD_BYTES = 17;

  private static final int WRITTEN = 1;
  private static final int REFUSED = 2;
  private static final int UNCERTAIN = 3;
  private static final int FOUND = 4;
  private static final int CHANGED = 5;

  private static final int WRITE = 1;
  private static final int PROPOSE = 2;
  private static final int STRONG_ALL = 3;

  private PeerCodec() {}

  public static byte[] encode(PeerMessage message) {
    var out = new ByteWriter(128);
    switch (message) {
      case PeerMessage.Single single -> write(single, out);
      case PeerMessage.Together together -> {
        out.u8(TOGETHER).varint(together.parts().size());
        together.parts().forEach(part -> write(part, out));
      }
    }
    return out.toArray();
  }

  /** @throws MalformedException if these are not a message's bytes, whole */
  public static PeerMessage decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int kind = in.u8();
    var message = kind == TOGETHER ? readTogether(in) : readSingle(kind, in);
    in.end();
    return message;
  }

  private static void write(PeerMessage.Single message, ByteWriter out) {
    switch (message) {
      case PeerMessage.Perform perform -> {
        head(PERFORM, message, out).i64(perform.deadlineMillis());
        StepCodec.write(perform.step(), out);
      }
      case PeerMessage.Performed performed -> StepCodec.write(performed.answer(), head(PERFORMED, message, out));
      case PeerMessage.Forward forward -> {
        head(FORWARD, message, out).i64(forward.deadlineMillis());
        write(forward.request(), out);
      }
      case PeerMessage.Forwarded forwarded -> write(forwarded.outcome(), head(FORWARDED, message, out));
    }
  }

  private static PeerMessage.Together readTogether(ByteReader in) {
    int count = in.count(HEAD_BYTES);
    if (count < PeerMessage.Together.MIN_PARTS || count > PeerMessage.Together.MAX_PARTS) {
      throw new MalformedException("a message of " + count + " parts");
    }
    var parts = new ArrayList<PeerMessage.Single>(count);
    for (int i = 0; i < count; i++) {
      parts.add(readSingle(in.u8(), in));
    }
    return new PeerMessage.Together(parts);
  }

  private static PeerMessage.Single readSingle(int kind, ByteReader in) {
    long id = in.i64();
    long hlc = in.i64();
    return switch (kind) {
      case PERFORM -> new PeerMessage.Perform(id, in.i64(), hlc, StepCodec.readStep(in));
      case PERFORMED -> new PeerMessage.Performed(id, hlc, StepCodec.readAnswer(in));
      case FORWARD -> new PeerMessage.Forward(id, in.i64(), hlc, readRequest(in));
      case FORWARDED -> new PeerMessage.Forwarded(id, hlc, readOutcome(in));
      default -> throw new MalformedException("a message of kind " + kind);
    };
  }

  private static ByteWriter head(int kind, PeerMessage.Single message, ByteWriter out) {
    return out.u8(kind).i64(message.id()).i64(message.hlc());
  }

  private static void write(Request.ToReplica request, ByteWriter out) {
    switch (request) {
      case Request.Write write -> write(write, out.u8(WRITE));
      case Request.Propose propose -> {
        out.u8(PROPOSE).bytes(propose.key().bytes());
        ChangeCodec.write(propose.change(), out);
        out.i64(propose.id().process()).i64(propose.id().number()).i64(propose.lowestOpen())
            .bool(propose.isAgain());
        writeTerms(propose.terms(), out);
      }
      case Request.StrongAll all -> {
        out.u8(STRONG_ALL).varint(all.keys().size());
        all.keys().forEach(key -> out.bytes(key.bytes()));
        ChangeCodec.write(all.joint(), out);
        writeTerms(all.terms(), out);
      }
    }
  }

  private static Request.ToReplica readRequest(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case WRITE -> readWrite(in);
      case PROPOSE -> new Request.Propose(Key.of(in.bytes()), ChangeCodec.read(in),
          new OperationId(in.i64(), in.i64()), in.i64(), in.bool(), readTerms(in));
      case STRONG_ALL -> readStrongAll(in);
      default -> throw new MalformedException("a request of kind " + kind);
    };
  }

  private static Request.StrongAll readStrongAll(ByteReader in) {
    int count = in.count(1);
    if (count == 0) {
      throw new MalformedException("no keys");
    }
    var keys = new ArrayList<Key>(count);
    for (int i = 0; i < count; i++) {
      keys.add(Key.of(in.bytes()));
    }
    var joint = ChangeCodec.readJoint(in);
    var terms = readTerms(in);
    try {
      return new Request.StrongAll(keys, joint, terms);
    } catch (IllegalArgumentException unfit) {
      throw new MalformedException(unfit.getMessage());
    }
  }

  private static void write(Request.Write write, ByteWriter out) {
    out.bytes(write.key().bytes());
    RecordCodec.writeContent(write.content(), out);
    out.bool(write.keepsExpiry());
    CausalityCodec.write(write.causality(), out);
    writeTerms(write.terms(), out);
  }

  private static Request.Write readWrite(ByteReader in) {
    var key = Key.of(in.bytes());
    var content = RecordCodec.readContent(in);
    boolean keepsExpiry = in.bool();
    return new Request.Write(key, content, keepsExpiry, CausalityCodec.read(in), readTerms(in));
  }

  private static void writeTerms(Terms terms, ByteWriter out) {
    out.text(terms.level().toString()).u8(terms.replicas()).varint(terms.timeoutMillis());
  }

  private static Terms readTerms(ByteReader in) {
    var level = level(in.text());
    try {
      return new Terms(level, in.u8(), in.varint());
    } catch (IllegalArgumentException outside) {
      throw new MalformedException(outside.getMessage());
    }
  }

  private static Level level(String text) {
    try {
      return Level.parse(text);
    } catch (IllegalArgumentException unknown) {
      throw new MalformedException(unknown.getMessage());
    }
  }

  private static void write(Outcome outcome, ByteWriter out) {
    switch (outcome) {
      case Outcome.Written written ->
        CausalityCodec.writeContext(written.context(),
            CausalityCodec.writeDot(written.dot(), out.u8(WRITTEN)).bool(written.existed()).u8(written.replicas()));
      case Outcome.Refused refused -> out.u8(REFUSED).u8(refused.reason().ordinal()).text(refused.detail());
      case Outcome.Uncertain uncertain -> out.u8(UNCERTAIN).text(uncertain.detail());
      case Outcome.Found found -> {
        RecordCodec.write(found.record(), out.u8(FOUND));
        out.u8(found.replicas()).i64(found.staleMillis());
      }
      case Outcome.Changed changed -> {
        ChangeCodec.write(changed.result(), out.u8(CHANGED));
        RecordCodec.writeVersion(changed.version(), out);
        out.u8(changed.replicas());
      }
      case Outcome.Listed other -> throw notForwarded(other);
      case Outcome.Counted other -> throw notForwarded(other);
      case Outcome.Flushed other -> throw notForwarded(other);
      case Outcome.Explained other -> throw notForwarded(other);
      case Outcome.Confirmed other -> throw notForwarded(other);
    }
  }

  private static IllegalArgumentException notForwarded(Outcome outcome) {
    return new IllegalArgumentException("what is forwarded never ends as " + outcome);
  }

  private static Outcome readOutcome(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case WRITTEN -> {
        var dot = CausalityCodec.readDot(in);
        boolean existed = in.bool();
        int replicas = in.u8();
        yield new Outcome.Written(dot, existed, CausalityCodec.readContext(in), replicas);
      }
      case REFUSED -> new Outcome.Refused(in.oneOf(Outcome.Reason.values()), in.text());
      case UNCERTAIN -> new Outcome.Uncertain(in.text());
      case FOUND -> new Outcome.Found(RecordCodec.read(in), in.u8(), in.i64());
      case CHANGED -> new Outcome.Changed(ChangeCodec.readResult(in), RecordCodec.readVersion(in), in.u8());
      default -> throw new MalformedException("an outcome of kind " + kind);
    };
  }
}
