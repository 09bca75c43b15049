package dev.torc.cluster.wire;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Before;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The binary form of storage steps that one node may ask of another, and of the answers. A put is none of them: only a coordinator mints dots. */
final class StepCodec {
  private static final int FETCH = 1;
  private static final int MERGE = 2;
  private static final int SCAN = 3;
  private static final int COUNT = 4;
  private static final int ACCEPTOR = 5;
  private static final int CONFIRM = 6;
  private static final int HINT = 7;
  private static final int REAP = 8;
  private static final int LEFTOVERS = 9;
  private static final int TREE = 10;

  private static final int ON_SLOT = 21;

  private static final int HELD = 1;
  private static final int HELD_VERSION = 2;
  private static final int MERGED = 3;
  private static final int PAGE = 4;
  private static final int COUNTED = 5;
  private static final int FAILED = 6;
  private static final int FROM_ACCEPTOR = 7;
  private static final int CONFIRMED = 8;
  private static final int OF_HINTS = 9;
  private static final int FROM_REAPING = 10;
  private static final int FROM_TREE = 11;
  private static final int PARTLY = 21;
  private static final int OF_SLOT = 22;

  private StepCodec() {}

  static void write(StoreStep step, ByteWriter out) {
    switch (step) {
      case StoreStep.Fetch fetch -> out.u8(FETCH).bytes(fetch.key().bytes()).varint(fetch.valueLimitBytes());
      case StoreStep.Merge merge -> {
        out.u8(MERGE).bytes(merge.key().bytes());
        RecordCodec.write(merge.incoming(), out);
      }
      case StoreStep.Scan scan -> {
        writeRanges(scan.ranges(), out.u8(SCAN));
        writePoint(scan.from(), out).varint(scan.limit());
      }
      case StoreStep.Count count -> writeRanges(count.ranges(), out.u8(COUNT));
      case AcceptorStep acceptor -> AcceptorCodec.write(acceptor, out.u8(ACCEPTOR));
      case ReapStep reap -> ReapCodec.write(reap, out.u8(REAP));
      case StoreStep.Leftovers left -> {
        writeRanges(left.ranges(), out.u8(LEFTOVERS));
        writePoint(left.from(), out).i64(left.beforeHlc()).varint(left.limit());
      }
      case TreeStep tree -> TreeCodec.write(tree, out.u8(TREE));
      case StoreStep.Confirm confirm ->
        RecordCodec.writeVersion(confirm.version(),
            out.u8(CONFIRM).bytes(confirm.key().bytes()).bool(confirm.synced()));
      case HintStep hint -> HintCodec.write(hint, out.u8(HINT));
      case SlotStep slot -> SlotCodec.write(slot, out.u8(ON_SLOT));
      case StoreStep.Put put -> throw new IllegalArgumentException("a put is for a node's own store");
    }
  }

  static StoreStep readStep(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case FETCH -> new StoreStep.Fetch(Key.of(in.bytes()), in.intVarint());
      case MERGE -> new StoreStep.Merge(Key.of(in.bytes()), RecordCodec.read(in));
      case SCAN -> new StoreStep.Scan(readRanges(in), readPoint(in), in.intVarint());
      case COUNT -> new StoreStep.Count(readRanges(in));
      case ACCEPTOR -> AcceptorCodec.readStep(in);
      case REAP -> ReapCodec.readStep(in);
      case LEFTOVERS -> new StoreStep.Leftovers(readRanges(in), readPoint(in), in.i64(), in.intVarint());
      case TREE -> TreeCodec.readStep(in);
      case CONFIRM -> {
        var key = Key.of(in.bytes());
        boolean synced = in.bool();
        yield new StoreStep.Confirm(key, RecordCodec.readVersion(in), synced);
      }
      case HINT -> HintCodec.readStep(in);
      case ON_SLOT -> SlotCodec.readStep(in);
      default -> throw new MalformedException("a step of kind " + kind);
    };
  }

  static void write(StoreAnswer answer, ByteWriter out) {
    switch (answer) {
      case StoreAnswer.Held held -> RecordCodec.write(held.record(), out.u8(HELD));
      case StoreAnswer.HeldVersion held ->
        RecordCodec.writeVersion(held.version(), out.u8(HELD_VERSION).varint(held.siblings()));
      case StoreAnswer.Merged merged -> {
        var before = merged.before();
        out.u8(MERGED).i64(before.hlc()).i64(before.actor()).bool(before.isLive());
      }
      case StoreAnswer.Page page -> {
        out.u8(PAGE).varint(page.keys().size());
        page.keys().forEach(out::bytes);
        writePoint(page.next(), out);
      }
      case StoreAnswer.Counted counted -> out.u8(COUNTED).i64(counted.keys());
      case StoreAnswer.Failed failed -> out.u8(FAILED).u8(failed.cause().ordinal()).text(failed.reason());
      case AcceptorAnswer answered -> AcceptorCodec.write(answered, out.u8(FROM_ACCEPTOR));
      case ReapAnswer answered -> ReapCodec.write(answered, out.u8(FROM_REAPING));
      case TreeAnswer answered -> TreeCodec.write(answered, out.u8(FROM_TREE));
      case StoreAnswer.Confirmed confirmed -> out.u8(CONFIRMED).bool(confirmed.holds());
      case HintAnswer answered -> HintCodec.write(answered, out.u8(OF_HINTS));
      case StoreAnswer.Partly partly -> write(partly.told(), out.u8(PARTLY));
      case SlotAnswer slot -> SlotCodec.write(slot, out.u8(OF_SLOT));
      case StoreAnswer.Stored stored -> throw new IllegalArgumentException("a put is for a node's own store");
    }
  }

  static StoreAnswer readAnswer(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case HELD -> new StoreAnswer.Held(RecordCodec.read(in));
      case HELD_VERSION -> {
        int siblings = in.intVarint();
        yield new StoreAnswer.HeldVersion(RecordCodec.readVersion(in), siblings);
      }
      case MERGED -> new StoreAnswer.Merged(new Before(in.i64(), in.i64(), in.bool()));
      case PAGE -> new StoreAnswer.Page(readKeys(in), readPoint(in));
      case COUNTED -> new StoreAnswer.Counted(in.i64());
      case CONFIRMED -> new StoreAnswer.Confirmed(in.bool());
      case FAILED -> new StoreAnswer.Failed(in.oneOf(StoreAnswer.Cause.values()), in.text());
      case FROM_ACCEPTOR -> AcceptorCodec.readAnswer(in);
      case OF_HINTS -> HintCodec.readAnswer(in);
      case FROM_REAPING -> ReapCodec.readAnswer(in);
      case FROM_TREE -> TreeCodec.readAnswer(in);
      case PARTLY -> partly(in);
      case OF_SLOT -> SlotCodec.readAnswer(in);
      default -> throw new MalformedException("an answer of kind " + kind);
    };
  }

  private static StoreAnswer partly(ByteReader in) {
    if (in.peek() == PARTLY) {
      throw new MalformedException("an answer in parts twice");
    }
    return new StoreAnswer.Partly(readAnswer(in));
  }

  private static void writeRanges(List<SlotRange> ranges, ByteWriter out) {
    out.varint(ranges.size());
    ranges.forEach(range -> out.u16(range.from()).u16(range.to()));
  }

  private static List<SlotRange> readRanges(ByteReader in) {
    int count = in.count(4);
    var ranges = new ArrayList<SlotRange>(count);
    int behind = -1;
    for (int i = 0; i < count; i++) {
      int from = in.u16();
      int to = in.u16();
      if (from <= behind || to < from || to >= Slot.COUNT) {
        throw new MalformedException("slots " + from + " to " + to);
      }
      ranges.add(new SlotRange(from, to));
      behind = to;
    }
    return ranges;
  }

  static ByteWriter writePoint(ScanPoint point, ByteWriter out) {
    return out.u16(point.slot()).i64(point.position());
  }

  static ScanPoint readPoint(ByteReader in) {
    try {
      return new ScanPoint(in.u16(), in.i64());
    } catch (IllegalArgumentException outside) {
      throw new MalformedException(outside.getMessage());
    }
  }

  private static List<Bytes> readKeys(ByteReader in) {
    int count = in.count(1);
    var keys = new ArrayList<Bytes>(count);
    for (int i = 0; i < count; i++) {
      keys.add(in.bytes());
    }
    return keys;
  }
}
