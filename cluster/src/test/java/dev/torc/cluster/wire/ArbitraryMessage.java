package dev.torc.cluster.wire;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Any message between nodes, drawn from a seed: small numbers and extreme ones, empty lists and longer ones, every kind. */
final class ArbitraryMessage {
  private final SplittableRandom random;

  ArbitraryMessage(SplittableRandom random) {
    this.random = random;
  }

  PeerMessage message() {
    return random.nextInt(5) == 0
        ? new PeerMessage.Together(Stream.generate(this::single).limit(2 + random.nextInt(4)).toList())
        : single();
  }

  private PeerMessage.Single single() {
    return switch (random.nextInt(4)) {
      case 0 -> new PeerMessage.Perform(number(), number(), number(), step());
      case 1 -> new PeerMessage.Performed(number(), number(), answer());
      case 2 -> new PeerMessage.Forward(number(), number(), number(), request());
      default -> new PeerMessage.Forwarded(number(), number(), outcome());
    };
  }

  StoredRecord storedRecord() {
    var seen = new TreeMap<Long, Long>();
    for (int actors = random.nextInt(5); actors > 0; actors--) {
      seen.put(number(), 1 + (random.nextLong() >>> 1 + random.nextInt(62)));
    }
    var vector = VersionVector.ofSorted(longs(seen.keySet().stream()), longs(seen.values().stream()));
    var dots = new TreeSet<Dot>();
    for (int i = 0; i < vector.size(); i++) {
      for (int siblings = random.nextInt(3); siblings > 0; siblings--) {
        long own = vector.hlcAt(i);
        dots.add(new Dot(vector.actorAt(i), random.nextBoolean() ? own : 1 + random.nextLong(own)));
      }
    }
    return new StoredRecord(vector, dots.stream().map(dot -> new Sibling(dot, content())).toList());
  }

  private ReapStep reaping() {
    return random.nextBoolean()
        ? new ReapStep.Inspect(key(), number())
        : new ReapStep.Reap(key(), storedRecord(), new Ballot(number(), number()));
  }

  private ReapAnswer reaped() {
    return random.nextBoolean()
        ? new ReapAnswer.Reaped(random.nextBoolean())
        : new ReapAnswer.Inspected(random.nextBoolean(), storedRecord(), new Ballot(number(), number()),
            random.nextBoolean());
  }

  private StoreStep step() {
    return switch (random.nextInt(11)) {
      case 7 -> hintStep();
      case 9 -> reaping();
      case 8 -> new StoreStep.Leftovers(ranges(), point(), number(), random.nextInt(10_000));
      case 10 -> new ArbitraryTrees(random).step();
      case 0 -> new StoreStep.Fetch(key(), random.nextBoolean() ? StoreStep.Fetch.NO_LIMIT : random.nextInt(1 << 20));
      case 1 -> new StoreStep.Merge(key(), storedRecord());
      case 2 -> new StoreStep.Scan(ranges(), point(), random.nextInt(10_000));
      case 3 -> new StoreStep.Confirm(key(), storedRecord().version(), random.nextBoolean());
      case 4, 5 -> new ArbitraryStrong(random).step();
      default -> new StoreStep.Count(ranges());
    };
  }

  private HintStep hintStep() {
    return switch (random.nextInt(4)) {
      case 3 -> new HintStep.TellMissed();
      case 0 -> new HintStep.Keep(new NodeId(number()), key(), storedRecord());
      case 1 -> new HintStep.FetchKept(key(),
          Stream.generate(() -> new NodeId(number())).limit(1 + random.nextInt(16)).distinct().toList(),
          random.nextBoolean() ? StoreStep.Fetch.NO_LIMIT : random.nextInt(1 << 20));
      default -> new HintStep.CountKept();
    };
  }

  private HintAnswer tally() {
    var owners = list(() -> new HintAnswer.Owed(new NodeId(number()), number(), number()));
    return new HintAnswer.Tally(owners, number(),
        list(() -> new HintAnswer.Missed(new NodeId(number()), number())));
  }

  private StoreAnswer answer() {
    return switch (random.nextInt(12)) {
      case 9 -> tally();
      case 10 -> reaped();
      case 11 -> new ArbitraryTrees(random).answer();
      case 0 -> new StoreAnswer.Held(storedRecord());
      case 1 -> new StoreAnswer.HeldVersion(storedRecord().version(), random.nextInt(200));
      case 2 -> new StoreAnswer.Merged(new StoreAnswer.Before(number(), number(), random.nextBoolean()));
      case 3 -> new StoreAnswer.Page(list(this::bytes), point());
      case 4 -> new StoreAnswer.Counted(number());
      case 5 -> new StoreAnswer.Confirmed(random.nextBoolean());
      case 6, 7 -> new ArbitraryStrong(random).answer();
      default -> new StoreAnswer.Failed(oneOf(StoreAnswer.Cause.values()), text());
    };
  }

  private Outcome outcome() {
    return switch (random.nextInt(5)) {
      case 0 -> new Outcome.Written(new Dot(number(), number()), random.nextBoolean(), context(), random.nextInt(17));
      case 1 -> new Outcome.Found(storedRecord(), random.nextInt(17), number());
      case 2 -> new Outcome.Changed(new ArbitraryStrong(random).result(), storedRecord().version(), random.nextInt(17));
      case 3 -> new Outcome.Refused(oneOf(Outcome.Reason.values()), text());
      default -> new Outcome.Uncertain(text());
    };
  }

  Context context() {
    var version = storedRecord().version();
    var dot = new Dot(number(), number());
    return random.nextBoolean() || version.covers(dot) ? Context.of(version) : new Context(version, Optional.of(dot));
  }

  private Request.ToReplica request() {
    if (random.nextInt(3) == 0) {
      var id = new OperationId(number(), number());
      return new Request.Propose(key(), new ArbitraryStrong(random).change(), id, number(), random.nextBoolean(),
          terms());
    }
    if (random.nextInt(3) == 0) {
      return new ArbitraryStrong(random).strongAll(terms());
    }
    var causality = new Causality(random.nextBoolean() ? Optional.of(context()) : Optional.empty(), context(),
        random.nextBoolean());
    return new Request.Write(key(), content(), random.nextBoolean(), causality, terms());
  }

  private Terms terms() {
    var level = random.nextBoolean()
        ? oneOf(new Level[] {Level.ONE, Level.QUORUM, Level.ALL})
        : new Level.Count(1 + random.nextInt(9_999));
    return new Terms(level, random.nextInt(17), random.nextInt(9_000));
  }

  Content content() {
    return switch (random.nextInt(4)) {
      case 0 -> Content.TOMBSTONE;
      case 1 -> Content.of(bytes()).collapsed();
      case 2 -> Content.of(bytes(), 1 + (random.nextLong() >>> 1 + random.nextInt(62)));
      default -> Content.of(bytes());
    };
  }

  Key key() {
    return Key.of(bytes());
  }

  private ScanPoint point() {
    return random.nextInt(4) == 0
        ? ScanPoint.END
        : new ScanPoint(random.nextInt(Slot.COUNT), random.nextLong(Key.LAST_POSITION + 1));
  }

  private List<SlotRange> ranges() {
    var ranges = new ArrayList<SlotRange>();
    int from = random.nextInt(100);
    while (from < Slot.COUNT && random.nextInt(5) != 0) {
      int to = Math.min(Slot.COUNT - 1, from + random.nextInt(3_000));
      ranges.add(new SlotRange(from, to));
      from = to + 1 + random.nextInt(1_000);
    }
    return ranges;
  }

  private <T> List<T> list(Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(6)).toList();
  }

  <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  Bytes bytes() {
    var bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(12)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  String text() {
    return Stream.generate(() -> oneOf(new String[] {"a", "Z", " ", "é", "…", "\r\n", "😀"})).limit(random.nextInt(20))
        .reduce("", String::concat);
  }

  long number() {
    return random.nextBoolean() ? random.nextLong() : random.nextLong(10);
  }

  private static long[] longs(Stream<Long> numbers) {
    return numbers.mapToLong(Long::longValue).toArray();
  }
}
