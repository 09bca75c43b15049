package dev.torc.cluster.paxos;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Intents;
import dev.torc.cluster.time.Hlc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What recent strong operations on a key were answered, by their ids, so that one that is tried again is answered and not done again. It travels with the
 * accepted value, beside it and never in it: a sibling may be superseded by somebody who never saw the operation.
 *
 * <p>Bounded by what can still be tried again. Each operation tells the lowest number of its process that is still open; the results below that
 * are dropped, and an attempt below it, which nobody waits for any more, is not carried out. Of a process that has done nothing for a while
 * all is forgotten: no attempt outlives its deadline.
 *
 * @param sessions by process, ascending
 * @param intents what operations on several keys have left
 */
public record Envelope(List<Session> sessions, Intents intents) {
  public static final Envelope EMPTY = new Envelope(List.of());
  /** Longer than any request may take, and its messages. */
  static final long FORGET_MILLIS = 30 * 60_000;

  /**
   * @param open numbers below it are over
   * @param lastHlc of the latest result
   * @param entries by number, ascending
   */
  public record Session(long process, long open, long lastHlc, List<Entry> entries) {
    public Session {
      entries = List.copyOf(entries);
    }
  }

  public record Entry(long number, ChangeResult result) {}

  public Envelope(List<Session> sessions) {
    this(sessions, Intents.NONE);
  }

  public Envelope {
    sessions = List.copyOf(sessions);
    for (int i = 1; i < sessions.size(); i++) {
      if (sessions.get(i - 1).process() >= sessions.get(i).process()) {
        throw new IllegalArgumentException("sessions out of order");
      }
    }
  }

  /** What the operation was answered; empty if it has not been done, as far as is known here. */
  public Optional<ChangeResult> find(OperationId id) {
    return session(id.process()).flatMap(
        session -> session.entries().stream().filter(entry -> entry.number() == id.number()).findFirst())
        .map(Entry::result);
  }

  /** Whether nobody waits for the operation any more, so that its result may have been dropped. */
  public boolean isOver(OperationId id) {
    return session(id.process()).filter(session -> id.number() < session.open()).isPresent();
  }

  /**
   * With one more result.
   *
   * @param open the lowest number of the process that is still open
   * @param hlc of the write
   */
  public Envelope with(OperationId id, long open, ChangeResult result, long hlc) {
    var kept = new ArrayList<Session>(sessions.size() + 1);
    boolean placed = false;
    for (var session : sessions) {
      if (session.process() == id.process()) {
        kept.add(added(session, id, open, result, hlc));
        placed = true;
      } else if (Hlc.millis(hlc) - Hlc.millis(session.lastHlc()) < FORGET_MILLIS) {
        placed = placeBefore(session, placed, id, open, result, hlc, kept);
        kept.add(session);
      }
    }
    if (!placed) {
      kept.add(new Session(id.process(), open, hlc, List.of(new Entry(id.number(), result))));
    }
    return new Envelope(kept, intents);
  }

  /** The same results beside other intents. */
  public Envelope with(Intents other) {
    return other == intents ? this : new Envelope(sessions, other);
  }

  /** How many results and commits are kept. */
  public int size() {
    int size = intents.commits().size();
    for (var session : sessions) {
      size += session.entries().size();
    }
    return size;
  }

  /** Bytes of the values among the results and the commits. */
  public long valueBytes() {
    long bytes = intents.valueBytes();
    for (var session : sessions) {
      for (var entry : session.entries()) {
        bytes += entry.result().valueBytes();
      }
    }
    return bytes;
  }

  private static boolean placeBefore(Session session, boolean placed, OperationId id, long open, ChangeResult result,
      long hlc, List<Session> kept) {
    if (placed || session.process() < id.process()) {
      return placed;
    }
    kept.add(new Session(id.process(), open, hlc, List.of(new Entry(id.number(), result))));
    return true;
  }

  private static Session added(Session session, OperationId id, long open, ChangeResult result, long hlc) {
    long lowest = Math.max(open, session.open());
    var entries = new ArrayList<Entry>();
    boolean placed = false;
    for (var entry : session.entries()) {
      if (!placed && entry.number() >= id.number()) {
        entries.add(new Entry(id.number(), result));
        placed = true;
      }
      if (entry.number() >= lowest && entry.number() != id.number()) {
        entries.add(entry);
      }
    }
    if (!placed) {
      entries.add(new Entry(id.number(), result));
    }
    return new Session(session.process(), lowest, Math.max(hlc, session.lastHlc()), entries);
  }

  private Optional<Session> session(long process) {
    for (var session : sessions) {
      if (session.process() == process) {
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }
}
