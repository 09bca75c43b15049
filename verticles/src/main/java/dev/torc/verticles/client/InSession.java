package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.session.Session;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import dev.torc.protocol.command.Level;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Requests about single keys of clients that are in a {@link Session}: what it asks of them, and what it learns of their outcomes. */
final class InSession {
  private final CoordinatorShell shell;
  private final Supplier<Ring> ring;

  InSession(CoordinatorShell shell, Supplier<Ring> ring) {
    this.shell = shell;
    this.ring = ring;
  }

  /** The read so that its answer is not older than what the session has seen. */
  Request.Read read(Request.Read read, Session session) {
    var bound = new ReadBound(Session.bound(read.bound().after(), session.seen(read.key())),
        read.bound().maxStaleMillis(), read.bound().latestOnly());
    var level = session.atLeast(read.level(), read.key(), replicas(read.terms()));
    return new Request.Read(read.key(), read.terms().at(level), bound);
  }

  void send(Request request, Session session, Consumer<Outcome> outcome) {
    strongKey(request).filter(session::isBeyondQuorum).ifPresentOrElse(
        key -> spread(key, request, session, outcome), () -> request(request, session, outcome));
  }

  void sendAll(List<? extends Request> requests, Session session, ObjIntConsumer<Outcome> outcomes) {
    if (requests.stream().anyMatch(request -> strongKey(request).filter(session::isBeyondQuorum).isPresent())) {
      for (int i = 0; i < requests.size(); i++) {
        int place = i;
        send(requests.get(i), session, outcome -> outcomes.accept(outcome, place));
      }
      return;
    }
    shell.onSeen(session.greatestHlc());
    shell.requestAll(requests, (outcome, place) -> {
      learn(requests.get(place), outcome, session);
      outcomes.accept(outcome, place);
    });
  }

  /** What the session has seen is brought to all replicas, so that a majority has it when the strong operation asks one. */
  private void spread(Key key, Request strong, Session session, Consumer<Outcome> outcome) {
    var bound = new ReadBound(Session.bound(Context.NOTHING, session.seen(key)), ReadBound.ANY_AGE, false);
    var read = new Request.Read(key, termsOf(strong).at(Level.ALL), bound);
    request(read, session, found -> {
      if (OutcomeReplies.isError(found)) {
        outcome.accept(found);
      } else {
        request(strong, session, outcome);
      }
    });
  }

  private void request(Request request, Session session, Consumer<Outcome> outcome) {
    shell.onSeen(session.greatestHlc());
    shell.request(request, answer -> {
      learn(request, answer, session);
      outcome.accept(answer);
    });
  }

  private void learn(Request request, Outcome outcome, Session session) {
    var terms = termsOf(request);
    if (outcome instanceof Outcome.Found found && request instanceof Request.Read read) {
      session.onRead(read.key(), found.record().version(), terms.level(), replicas(terms));
    } else if (outcome instanceof Outcome.Written written && request instanceof Request.Write write) {
      session.onWritten(write.key(), written.context(), terms.level(), replicas(terms));
    } else if (outcome instanceof Outcome.Changed changed && request instanceof Request.Strong strong) {
      session.onChanged(strong.key(), changed.version(), replicas(terms));
    }
  }

  /** The key of a request that asks a majority and takes no bound. */
  private static Optional<Key> strongKey(Request request) {
    return request instanceof Request.Strong strong
        ? Optional.of(strong.key())
        : request instanceof Request.Read read && read.level() instanceof Level.Strong
            ? Optional.of(read.key())
            : Optional.empty();
  }

  private static Terms termsOf(Request request) {
    return request instanceof Request.Read read
        ? read.terms()
        : request instanceof Request.Write write ? write.terms() : ((Request.Strong) request).terms();
  }

  private int replicas(Terms terms) {
    int nodes = Math.max(1, ring.get().members().size());
    return Math.min(nodes, terms.replicas() == 0 ? ring.get().replicas() : terms.replicas());
  }
}
