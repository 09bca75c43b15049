package dev.torc.cluster.wire;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Commit;
import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.Intents;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.change.TransactionId;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.ExpireRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What strong operations are made of, drawn from a seed as {@link ArbitraryMessage} is. */
final class ArbitraryStrong {
  private final SplittableRandom random;
  private final ArbitraryMessage parts;

  ArbitraryStrong(SplittableRandom random) {
    this.random = random;
    this.parts = new ArbitraryMessage(random);
  }

  AcceptorStep step() {
    return switch (random.nextInt(3)) {
      case 0 -> new AcceptorStep.Prepare(parts.key(), epoch(), ballot());
      case 1 -> new AcceptorStep.Accept(parts.key(), epoch(), ballot(), parts.storedRecord(), envelope(), ballot(),
          random.nextBoolean());
      default -> new AcceptorStep.Query(parts.key(), epoch());
    };
  }

  AcceptorAnswer answer() {
    var value = parts.storedRecord();
    var held = random.nextBoolean() ? value : parts.storedRecord();
    return switch (random.nextInt(6)) {
      case 0 -> new AcceptorAnswer.Promised(ballot(), value, envelope(), held);
      case 1 -> new AcceptorAnswer.Accepted();
      case 2 -> new AcceptorAnswer.Nacked(ballot());
      case 3 -> new AcceptorAnswer.Stale();
      case 4 -> new AcceptorAnswer.Queried(ballot(), value, held, random.nextBoolean());
      default -> new AcceptorAnswer.Abstained();
    };
  }

  AcceptorState state() {
    return random.nextInt(20) == 0
        ? AcceptorState.EMPTY
        : new AcceptorState(ballot(), ballot(), parts.storedRecord(), envelope(), parts.number());
  }

  Envelope envelope() {
    var sessions = new ArrayList<Envelope.Session>();
    for (long process : numbers()) {
      var entries = new ArrayList<Envelope.Entry>();
      for (long number : numbers()) {
        entries.add(new Envelope.Entry(number, result()));
      }
      sessions.add(new Envelope.Session(process, parts.number(), parts.number(), entries));
    }
    return new Envelope(sessions, random.nextInt(3) == 0 ? intents() : Intents.NONE);
  }

  private Intents intents() {
    var intent = random.nextBoolean()
        ? Optional.of(new Intent(transaction(), parts.bytes(), parts.number()))
        : Optional.<Intent>empty();
    var commits = new ArrayList<Commit>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var writes = new ArrayList<Commit.Write>();
      for (int j = random.nextInt(4); j > 0; j--) {
        writes.add(new Commit.Write(parts.bytes(), random.nextBoolean()
            ? Optional.of(parts.content())
            : Optional.<Content>empty()));
      }
      commits.add(new Commit(transaction(), writes));
    }
    return new Intents(intent, commits);
  }

  private TransactionId transaction() {
    return new TransactionId(parts.number(), parts.number());
  }

  /** Keys of one slot, and what is to be done to them. */
  Request.StrongAll strongAll(Terms terms) {
    int slot = random.nextInt(10);
    var joint = switch (random.nextInt(3)) {
      case 0 -> new Joint.Move(random.nextBoolean());
      case 1 -> new Joint.Copy(random.nextBoolean());
      default -> {
        var values = new ArrayList<Bytes>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
          values.add(parts.bytes());
        }
        yield new Joint.SetAllIfAbsent(values);
      }
    };
    var keys = new ArrayList<Key>();
    for (int i = 0; i < joint.keys(); i++) {
      keys.add(Key.of(Bytes.of("{" + slot + "}" + i + parts.text())));
    }
    return new Request.StrongAll(keys, joint, terms);
  }

  ChangeResult result() {
    return switch (random.nextInt(4)) {
      case 0 -> new ChangeResult.Done(random.nextBoolean(),
          random.nextBoolean() ? Optional.of(parts.bytes()) : Optional.empty());
      case 1 -> new ChangeResult.Number(parts.number());
      case 2 -> new ChangeResult.Text(parts.bytes());
      default -> new ChangeResult.Refused(parts.text());
    };
  }

  Change change() {
    return switch (random.nextInt(10)) {
      case 0 -> random.nextBoolean() ? new Change.Look() : new Change.Bury();
      case 1 -> new Change.Put(parts.content(), random.nextBoolean(), condition(), random.nextBoolean());
      case 2 -> new Change.Remove(condition(), random.nextBoolean());
      case 3 -> new Change.Add(parts.number());
      case 4 -> new Change.AddDecimal(
          new BigDecimal(integer(), random.nextInt(-9_999, 10_000)));
      case 5 -> new Change.Append(parts.bytes(), random.nextInt());
      case 6 -> new Change.Overwrite(parts.number() & Long.MAX_VALUE, parts.bytes(), random.nextInt());
      case 7 -> new Change.Expire(parts.number(), rule(), random.nextBoolean());
      case 8 -> new Change.Persist(random.nextBoolean());
      default -> new Change.Swap(parts.context(), parts.content(), random.nextBoolean());
    };
  }

  private BigInteger integer() {
    var bytes = new byte[1 + random.nextInt(30)];
    random.nextBytes(bytes);
    return new BigInteger(bytes);
  }

  private Condition condition() {
    var kind = parts.oneOf(Condition.Kind.values());
    var operand = switch (kind) {
      case ALWAYS, NX, XX -> Bytes.EMPTY;
      case IFEQ, IFNE -> parts.bytes();
      case IFDEQ, IFDNE -> Bytes.of(String.format(random.nextBoolean() ? "%016x" : "%016X", random.nextLong()));
    };
    return new Condition(kind, operand);
  }

  private ExpireRule rule() {
    boolean nx = random.nextInt(3) == 0;
    boolean gt = !nx && random.nextBoolean();
    return new ExpireRule(nx, !nx && random.nextBoolean(), gt, !nx && !gt && random.nextBoolean());
  }

  private Ballot ballot() {
    return random.nextInt(8) == 0 ? Ballot.NONE : new Ballot(parts.number(), parts.number());
  }

  private Epoch epoch() {
    return new Epoch(parts.number(), random.nextInt(17));
  }

  private TreeSet<Long> numbers() {
    var numbers = new TreeSet<Long>();
    for (int i = random.nextInt(5); i > 0; i--) {
      numbers.add(parts.number());
    }
    return numbers;
  }
}
