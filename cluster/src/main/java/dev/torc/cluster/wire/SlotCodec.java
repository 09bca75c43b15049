package dev.torc.cluster.wire;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;

/** The binary form of steps on whole slots, and of the answers. */
final class SlotCodec {
  private static final int RECORDS = 1;
  private static final int ACCEPTORS = 2;
  private static final int RAISE = 3;
  private static final int RAISE_AT_LEAST = 13;

  private SlotCodec() {}

  static void write(SlotStep step, ByteWriter out) {
    switch (step) {
      case SlotStep.Records records -> writeListing(records, out.u8(RECORDS));
      case SlotStep.Acceptors acceptors -> writeListing(acceptors, out.u8(ACCEPTORS));
      case SlotStep.Raise raise ->
        AcceptorCodec.write(raise.ballot(), out.u8(RAISE).u16(raise.slot()).i64(raise.ring()));
      case SlotStep.RaiseAtLeast raise ->
        AcceptorCodec.write(raise.ballot(), out.u8(RAISE_AT_LEAST).u16(raise.slot()).i64(raise.ring()));
      case SlotStep.Complete complete -> throw new IllegalArgumentException("to complete is for a node's own store");
    }
  }

  static SlotStep readStep(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case RECORDS -> new SlotStep.Records(readRange(in), StepCodec.readPoint(in), in.intVarint());
      case ACCEPTORS -> new SlotStep.Acceptors(readRange(in), StepCodec.readPoint(in), in.intVarint());
      case RAISE -> new SlotStep.Raise(slot(in.u16()), in.i64(), AcceptorCodec.readBallot(in));
      case RAISE_AT_LEAST -> new SlotStep.RaiseAtLeast(slot(in.u16()), in.i64(), AcceptorCodec.readBallot(in));
      default -> throw new MalformedException("a step on slots of kind " + kind);
    };
  }

  static void write(SlotAnswer answer, ByteWriter out) {
    switch (answer) {
      case SlotAnswer.Records records -> {
        StepCodec.writePoint(records.next(), out.u8(RECORDS)).varint(records.records().size());
        for (var kept : records.records()) {
          RecordCodec.write(kept.record(), out.bytes(kept.key()));
        }
      }
      case SlotAnswer.Acceptors acceptors -> {
        StepCodec.writePoint(acceptors.next(), out.u8(ACCEPTORS)).varint(acceptors.states().size());
        for (var remembered : acceptors.states()) {
          out.bytes(remembered.key()).bytes(Bytes.of(AcceptorCodec.encode(remembered.state())));
        }
      }
    }
  }

  static SlotAnswer readAnswer(ByteReader in) {
    int kind = in.u8();
    var next = StepCodec.readPoint(in);
    int count = in.count(2);
    switch (kind) {
      case RECORDS -> {
        var records = new ArrayList<SlotAnswer.Kept>(count);
        for (int i = 0; i < count; i++) {
          records.add(new SlotAnswer.Kept(in.bytes(), RecordCodec.read(in)));
        }
        return new SlotAnswer.Records(records, next);
      }
      case ACCEPTORS -> {
        var states = new ArrayList<SlotAnswer.Remembered>(count);
        for (int i = 0; i < count; i++) {
          states.add(new SlotAnswer.Remembered(in.bytes(), AcceptorCodec.decode(in.bytes().array())));
        }
        return new SlotAnswer.Acceptors(states, next);
      }
      default -> throw new MalformedException("an answer about slots of kind " + kind);
    }
  }

  private static void writeListing(SlotStep.Listing listing, ByteWriter out) {
    out.u16(listing.range().from()).u16(listing.range().to());
    StepCodec.writePoint(listing.from(), out).varint(listing.maxBytes());
  }

  private static SlotRange readRange(ByteReader in) {
    int from = slot(in.u16());
    int to = slot(in.u16());
    if (to < from) {
      throw new MalformedException("slots " + from + " to " + to);
    }
    return new SlotRange(from, to);
  }

  private static int slot(int number) {
    if (number >= Slot.COUNT) {
      throw new MalformedException("slot " + number);
    }
    return number;
  }
}
