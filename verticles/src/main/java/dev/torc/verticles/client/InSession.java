package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.session.Session;
import dev.torc.cluster.session.SessionRules;
import dev.torc.cluster.time.Hlc;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Requests about single keys of clients that are in a {@link Session}: asked as {@link SessionRules} has it. */
final class InSession {
  private final CoordinatorShell shell;
  private final Supplier<Ring> ring;
  private final long reapedAfterMillis;

  /** @param reapedAfterMillis after which what was deleted may have been reaped, by any of the cluster's clocks */
  InSession(CoordinatorShell shell, Supplier<Ring> ring, long reapedAfterMillis) {
    this.shell = shell;
    this.ring = ring;
    this.reapedAfterMillis = reapedAfterMillis;
  }

  Request.Read read(Request.Read read, Session session) {
    return rules(session).read(read);
  }

  void send(Request request, Session session, Consumer<Outcome> outcome) {
    var before = rules(session).before(request);
    if (before.isEmpty()) {
      request(request, session, outcome);
      return;
    }
    request(before.get(), session, found -> {
      if (OutcomeReplies.isError(found)) {
        outcome.accept(found);
      } else {
        request(request, session, outcome);
      }
    });
  }

  void sendAll(List<? extends Request> requests, Session session, ObjIntConsumer<Outcome> outcomes) {
    if (requests.stream().anyMatch(request -> rules(session).before(request).isPresent())) {
      for (int i = 0; i < requests.size(); i++) {
        int place = i;
        send(requests.get(i), session, outcome -> outcomes.accept(outcome, place));
      }
      return;
    }
    shell.onSeen(session.greatestHlc());
    shell.requestAll(requests, (outcome, place) -> {
      rules(session).learn(requests.get(place), outcome);
      outcomes.accept(outcome, place);
    });
  }

  private void request(Request request, Session session, Consumer<Outcome> outcome) {
    shell.onSeen(session.greatestHlc());
    shell.request(request, answer -> {
      rules(session).learn(request, answer);
      outcome.accept(answer);
    });
  }

  private SessionRules rules(Session session) {
    var current = ring.get();
    return new SessionRules(session, current.members().size(), current.replicas(),
        Hlc.atMillis(SystemClock.now().wallMillis() - reapedAfterMillis));
  }
}
