package dev.torc.cluster.wire;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Commit;
import dev.torc.cluster.change.Intent;
import dev.torc.cluster.change.Intents;
import dev.torc.cluster.change.TransactionId;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.version.Content;
import java.util.ArrayList;
import java.util.Optional;

/** The binary form of what travels with an accepted value: results by process, then the intent and the commits of operations on several keys. */
final class EnvelopeCodec {
  private EnvelopeCodec() {}

  static void write(Envelope envelope, ByteWriter out) {
    out.varint(envelope.sessions().size());
    for (var session : envelope.sessions()) {
      out.i64(session.process()).i64(session.open()).i64(session.lastHlc()).varint(session.entries().size());
      for (var entry : session.entries()) {
        ChangeCodec.write(entry.result(), out.i64(entry.number()));
      }
    }
    write(envelope.intents(), out);
  }

  static Envelope read(ByteReader in) {
    int count = in.count(25);
    var sessions = new ArrayList<Envelope.Session>(count);
    for (int i = 0; i < count; i++) {
      long process = in.i64();
      long open = in.i64();
      long lastHlc = in.i64();
      int results = in.count(9);
      var entries = new ArrayList<Envelope.Entry>(results);
      for (int j = 0; j < results; j++) {
        long number = in.i64();
        ChangeResult result = ChangeCodec.readResult(in);
        entries.add(new Envelope.Entry(number, result));
      }
      sessions.add(new Envelope.Session(process, open, lastHlc, entries));
    }
    var intents = readIntents(in);
    try {
      return sessions.isEmpty() && intents.isNone() ? Envelope.EMPTY : new Envelope(sessions, intents);
    } catch (IllegalArgumentException unordered) {
      throw new MalformedException(unordered.getMessage());
    }
  }

  private static void write(Intents intents, ByteWriter out) {
    out.bool(intents.intent().isPresent());
    intents.intent().ifPresent(intent -> {
      write(intent.transaction(), out);
      out.bytes(intent.primary()).i64(intent.deadlineMillis());
    });
    out.varint(intents.commits().size());
    for (var commit : intents.commits()) {
      write(commit.transaction(), out);
      out.varint(commit.writes().size());
      commit.writes().forEach(write -> write(write, out));
    }
  }

  private static void write(Commit.Write write, ByteWriter out) {
    out.bytes(write.key()).bool(write.content().isPresent());
    write.content().ifPresent(content -> RecordCodec.writeContent(content, out));
  }

  private static void write(TransactionId id, ByteWriter out) {
    out.i64(id.process()).i64(id.number());
  }

  private static Intents readIntents(ByteReader in) {
    var intent = in.bool()
        ? Optional.of(new Intent(readTransaction(in), in.bytes(), in.i64()))
        : Optional.<Intent>empty();
    int count = in.count(17);
    var commits = new ArrayList<Commit>(count);
    for (int i = 0; i < count; i++) {
      var transaction = readTransaction(in);
      int writes = in.count(2);
      var written = new ArrayList<Commit.Write>(writes);
      for (int j = 0; j < writes; j++) {
        var key = in.bytes();
        written.add(new Commit.Write(key, in.bool()
            ? Optional.of(RecordCodec.readContent(in))
            : Optional.<Content>empty()));
      }
      commits.add(new Commit(transaction, written));
    }
    return intent.isEmpty() && commits.isEmpty() ? Intents.NONE : new Intents(intent, commits);
  }

  private static TransactionId readTransaction(ByteReader in) {
    return new TransactionId(in.i64(), in.i64());
  }
}
