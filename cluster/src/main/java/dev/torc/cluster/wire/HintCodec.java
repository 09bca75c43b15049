package dev.torc.cluster.wire;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import java.util.ArrayList;
import java.util.List;

/** The binary form of a hint on disk, and of what nodes ask each other about hints. Listing and dropping them is for a node's own store. */
public final class HintCodec {
  private static final int FORMAT = 1;

  private static final int KEEP = 1;
  private static final int FETCH = 2;
  private static final int COUNT = 3;
  private static final int TELL_MISSED = 4;

  private static final int OWNER_BYTES = 8;
  private static final int OWED_BYTES = 10;
  private static final int MISSED_BYTES = 16;

  private HintCodec() {}

  public static byte[] encode(Hint hint) {
    var record = hint.record();
    var out = new ByteWriter((int) Math.min(1 << 30, 80 + 24L * record.version().size() + record.valueBytes()));
    out.u8(FORMAT).i64(hint.sinceMillis()).i64(hint.lastMillis()).i64(hint.actor()).i64(hint.era());
    RecordCodec.write(record, out);
    return out.toArray();
  }

  /** @throws MalformedException if these are not a hint's bytes, whole */
  public static Hint decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedException("a hint of format " + format);
    }
    var hint = new Hint(in.i64(), in.i64(), in.i64(), in.i64(), RecordCodec.read(in));
    in.end();
    return hint;
  }

  static void write(HintStep step, ByteWriter out) {
    switch (step) {
      case HintStep.Keep keep -> {
        out.u8(KEEP).bytes(keep.key().bytes()).i64(keep.owner().value());
        RecordCodec.write(keep.incoming(), out);
      }
      case HintStep.FetchKept fetch -> {
        out.u8(FETCH).bytes(fetch.key().bytes()).varint(fetch.valueLimitBytes()).varint(fetch.owners().size());
        fetch.owners().forEach(owner -> out.i64(owner.value()));
      }
      case HintStep.CountKept count -> out.u8(COUNT);
      case HintStep.TellMissed tell -> out.u8(TELL_MISSED);
      case HintStep.PutKept own -> throw ownStores();
      case HintStep.Drop own -> throw ownStores();
      case HintStep.ListKept own -> throw ownStores();
      case HintStep.ListOldest own -> throw ownStores();
    }
  }

  static HintStep readStep(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case KEEP -> {
        var key = Key.of(in.bytes());
        yield new HintStep.Keep(new NodeId(in.i64()), key, RecordCodec.read(in));
      }
      case FETCH -> {
        var key = Key.of(in.bytes());
        int limit = in.intVarint();
        yield new HintStep.FetchKept(key, readOwners(in), limit);
      }
      case COUNT -> new HintStep.CountKept();
      case TELL_MISSED -> new HintStep.TellMissed();
      default -> throw new MalformedException("a hint's step of kind " + kind);
    };
  }

  static void write(HintAnswer answer, ByteWriter out) {
    switch (answer) {
      case HintAnswer.Tally tally -> {
        out.i64(tally.oldestMillis()).varint(tally.owners().size());
        tally.owners().forEach(owed -> out.i64(owed.owner().value()).varint(owed.hints()).varint(owed.bytes()));
        out.varint(tally.missed().size());
        tally.missed().forEach(missed -> out.i64(missed.owner().value()).i64(missed.lastMillis()));
      }
      case HintAnswer.Listed own -> throw ownStores();
    }
  }

  static HintAnswer readAnswer(ByteReader in) {
    long oldest = in.i64();
    int count = in.count(OWED_BYTES);
    var owners = new ArrayList<HintAnswer.Owed>(count);
    for (int i = 0; i < count; i++) {
      owners.add(new HintAnswer.Owed(new NodeId(in.i64()), in.varint(), in.varint()));
    }
    int missing = in.count(MISSED_BYTES);
    var missed = new ArrayList<HintAnswer.Missed>(missing);
    for (int i = 0; i < missing; i++) {
      missed.add(new HintAnswer.Missed(new NodeId(in.i64()), in.i64()));
    }
    return new HintAnswer.Tally(owners, oldest, missed);
  }

  private static List<NodeId> readOwners(ByteReader in) {
    int count = in.count(OWNER_BYTES);
    var owners = new ArrayList<NodeId>(count);
    for (int i = 0; i < count; i++) {
      var owner = new NodeId(in.i64());
      if (owners.contains(owner)) {
        throw new MalformedException("an owner twice: " + owner);
      }
      owners.add(owner);
    }
    if (owners.isEmpty()) {
      throw new MalformedException("hints of nobody");
    }
    return owners;
  }

  private static IllegalArgumentException ownStores() {
    return new IllegalArgumentException("this step on hints is for a node's own store");
  }
}
