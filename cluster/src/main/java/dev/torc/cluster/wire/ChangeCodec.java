package dev.torc.cluster.wire;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.IntentChange;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.change.Joint;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.ExpireRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Optional;

/** The binary form of changes and of their results: a kind (1 byte), then the parts in the order of the record. */
final class ChangeCodec {
  private static final int LOOK = 0;
  private static final int PUT = 1;
  private static final int REMOVE = 2;
  private static final int ADD = 3;
  private static final int ADD_DECIMAL = 4;
  private static final int APPEND = 5;
  private static final int OVERWRITE = 6;
  private static final int EXPIRE = 7;
  private static final int PERSIST = 8;
  private static final int SWAP = 9;
  private static final int BURY = 10;

  private static final int SET_ALL_IF_ABSENT = 1;
  private static final int MOVE = 2;
  private static final int COPY = 3;

  private static final int DONE = 1;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int REFUSED = 4;

  private ChangeCodec() {}

  static void write(Change change, ByteWriter out) {
    switch (change) {
      case Change.Look look -> out.u8(LOOK);
      case Change.Bury bury -> out.u8(BURY);
      case Change.Put put -> {
        RecordCodec.writeContent(put.content(), out.u8(PUT));
        write(put.condition(), out.bool(put.keepsExpiry()));
        out.bool(put.returnsOld());
      }
      case Change.Remove remove -> {
        write(remove.condition(), out.u8(REMOVE));
        out.bool(remove.returnsOld());
      }
      case Change.Add add -> out.u8(ADD).i64(add.by());
      case Change.AddDecimal add -> out.u8(ADD_DECIMAL).i32(add.by().scale())
          .bytes(Bytes.of(add.by().unscaledValue().toByteArray()));
      case Change.Append append -> out.u8(APPEND).bytes(append.tail()).i32(append.maxBytes());
      case Change.Overwrite part ->
        out.u8(OVERWRITE).i64(part.offset()).bytes(part.part()).i32(part.maxBytes());
      case Change.Expire expire -> {
        var rule = expire.rule();
        out.u8(EXPIRE).i64(expire.atMillis()).bool(rule.nx()).bool(rule.xx()).bool(rule.gt()).bool(rule.lt())
            .bool(expire.returnsOld());
      }
      case Change.Persist persist -> out.u8(PERSIST).bool(persist.returnsOld());
      case Change.Swap swap -> {
        CausalityCodec.writeContext(swap.context(), out.u8(SWAP));
        RecordCodec.writeContent(swap.content(), out);
        out.bool(swap.keepsExpiry());
      }
      case IntentChange own -> throw notBetweenNodes(own);
    }
  }

  static Change read(ByteReader in) {
    int kind = in.u8();
    try {
      return switch (kind) {
        case LOOK -> new Change.Look();
        case BURY -> new Change.Bury();
        case PUT -> new Change.Put(RecordCodec.readContent(in), in.bool(), readCondition(in), in.bool());
        case REMOVE -> new Change.Remove(readCondition(in), in.bool());
        case ADD -> new Change.Add(in.i64());
        case ADD_DECIMAL -> new Change.AddDecimal(readDecimal(in));
        case APPEND -> new Change.Append(in.bytes(), in.i32());
        case OVERWRITE -> new Change.Overwrite(in.i64(), in.bytes(), in.i32());
        case EXPIRE -> new Change.Expire(in.i64(), new ExpireRule(in.bool(), in.bool(), in.bool(), in.bool()),
            in.bool());
        case PERSIST -> new Change.Persist(in.bool());
        case SWAP -> new Change.Swap(CausalityCodec.readContext(in), RecordCodec.readContent(in), in.bool());
        default -> throw new MalformedException("a change of kind " + kind);
      };
    } catch (IllegalArgumentException | ArithmeticException outside) {
      throw new MalformedException(String.valueOf(outside.getMessage()));
    }
  }

  static void write(ChangeResult result, ByteWriter out) {
    switch (result) {
      case ChangeResult.Done done -> {
        out.u8(DONE).bool(done.isDone()).bool(done.value().isPresent());
        done.value().ifPresent(out::bytes);
      }
      case ChangeResult.Number number -> out.u8(NUMBER).i64(number.number());
      case ChangeResult.Text text -> out.u8(TEXT).bytes(text.text());
      case ChangeResult.Refused refused -> out.u8(REFUSED).text(refused.error());
      case IntentResult own -> throw notBetweenNodes(own);
    }
  }

  static ChangeResult readResult(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case DONE -> new ChangeResult.Done(in.bool(), in.bool() ? Optional.of(in.bytes()) : Optional.empty());
      case NUMBER -> new ChangeResult.Number(in.i64());
      case TEXT -> new ChangeResult.Text(in.bytes());
      case REFUSED -> new ChangeResult.Refused(in.text());
      default -> throw new MalformedException("a result of kind " + kind);
    };
  }

  static void write(Joint joint, ByteWriter out) {
    switch (joint) {
      case Joint.SetAllIfAbsent set -> {
        out.u8(SET_ALL_IF_ABSENT).varint(set.values().size());
        set.values().forEach(out::bytes);
      }
      case Joint.Move move -> out.u8(MOVE).bool(move.onlyIfAbsent());
      case Joint.Copy copy -> out.u8(COPY).bool(copy.replaces());
    }
  }

  static Joint readJoint(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case SET_ALL_IF_ABSENT -> readValues(in);
      case MOVE -> new Joint.Move(in.bool());
      case COPY -> new Joint.Copy(in.bool());
      default -> throw new MalformedException("an operation on several keys of kind " + kind);
    };
  }

  private static Joint.SetAllIfAbsent readValues(ByteReader in) {
    int count = in.count(1);
    if (count == 0) {
      throw new MalformedException("no values");
    }
    var values = new ArrayList<Bytes>(count);
    for (int i = 0; i < count; i++) {
      values.add(in.bytes());
    }
    return new Joint.SetAllIfAbsent(values);
  }

  private static IllegalArgumentException notBetweenNodes(Object own) {
    return new IllegalArgumentException("for a node's own proposer: " + own);
  }

  private static void write(Condition condition, ByteWriter out) {
    out.u8(condition.kind().ordinal()).bytes(condition.operand());
  }

  private static Condition readCondition(ByteReader in) {
    return new Condition(in.oneOf(Condition.Kind.values()), in.bytes());
  }

  /** Bounded as the command's words are, or adding could take for ever. */
  private static BigDecimal readDecimal(ByteReader in) {
    int scale = in.i32();
    byte[] unscaled = in.bytes().array();
    if (unscaled.length == 0 || unscaled.length > 5_000 || scale < -10_000 || scale > 10_000) {
      throw new MalformedException("a decimal of " + unscaled.length + " bytes, scale " + scale);
    }
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}
