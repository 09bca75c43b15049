package dev.torc.verticles.client;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.session.RecentWrites;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.loop.CoordinatorShell;
import dev.torc.verticles.loop.ValueSizes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests about single keys, on the terms that hold for the key and the connection, and what is learnt from their outcomes. One per event loop. */
final class KeyRequests {
  private static final ReadBound LATEST = new ReadBound(Context.NOTHING, ReadBound.ANY_AGE, true);
  private static final Change DELETE = new Change.Remove(Condition.ALWAYS, false);

  private final CoordinatorShell shell;
  private final ValueSizes sizes;
  private final Levels levels;
  private final InSession sessions;

  /** @param graceMillis after which deletions are reaped; half of that is more than clocks may differ */
  KeyRequests(CoordinatorShell shell, ValueSizes sizes, Levels levels, Supplier<Ring> ring, long graceMillis) {
    this.sessions = new InSession(shell, ring, graceMillis / 2);
    this.shell = shell;
    this.sizes = sizes;
    this.levels = levels;
  }

  Levels levels() {
    return levels;
  }

  Request.Read read(Bytes key, ConnectionTerms by) {
    var read = new Request.Read(Key.of(key), levels.read(key, by), levels.latestOnly(key) ? LATEST : ReadBound.NONE);
    return by.session().isEmpty() ? read : sessions.read(read, by.session().get());
  }

  /**
   * @param after what the answer is to cover
   * @param maxStaleMillis {@link ReadBound#ANY_AGE}, or how old the answer may be
   */
  Request.Read read(Bytes key, Terms terms, Context after, long maxStaleMillis, ConnectionTerms by) {
    var bound = new ReadBound(after, maxStaleMillis, levels.latestOnly(key));
    var read = new Request.Read(Key.of(key), terms, bound);
    return by.session().isEmpty() ? read : sessions.read(read, by.session().get());
  }

  Request put(Bytes key, Content content, boolean keepsExpiry, ConnectionTerms by) {
    return put(key, content, keepsExpiry, Optional.empty(), levels.write(key, by), by);
  }

  /** At level STRONG a write is a strong operation without a condition, and nobody names a context. */
  Request put(Bytes key, Content content, boolean keepsExpiry, Optional<Context> after, Terms terms,
      ConnectionTerms by) {
    return terms.level() instanceof Level.Strong
        ? new Request.Strong(Key.of(key), new Change.Put(content, keepsExpiry, Condition.ALWAYS, false), terms)
        : write(Key.of(key), content, keepsExpiry, after, terms, by);
  }

  Request delete(Bytes key, ConnectionTerms by) {
    return delete(key, Optional.empty(), levels.write(key, by), by);
  }

  Request delete(Bytes key, Optional<Context> after, Terms terms, ConnectionTerms by) {
    return terms.level() instanceof Level.Strong
        ? new Request.Strong(Key.of(key), DELETE, terms)
        : write(Key.of(key), Content.TOMBSTONE, false, after, terms, by);
  }

  private Request write(Key key, Content content, boolean keepsExpiry, Optional<Context> after, Terms terms,
      ConnectionTerms by) {
    return new Request.Write(key, content, keepsExpiry, causality(key, after, by), terms);
  }

  private Causality causality(Key key, Optional<Context> after, ConnectionTerms by) {
    boolean latestOnly = levels.latestOnly(key.bytes());
    if (!latestOnly && after.isEmpty() && by.session().isEmpty()) {
      return Causality.BLIND;
    }
    return new Causality(after, by.session().map(session -> session.seen(key)).orElse(Context.NOTHING), latestOnly);
  }

  Request strong(Bytes key, Change change) {
    return new Request.Strong(Key.of(key), change, levels.strong(key));
  }

  /** @param made of an outcome that is no error */
  void send(Request request, ConnectionTerms by, Consumer<RespValue> reply, Function<Outcome, RespValue> made) {
    if (by.session().isPresent()) {
      sessions.send(request, by.session().get(), outcome -> answer(request, by, outcome, reply, made));
    } else {
      shell.request(request, outcome -> answer(request, by, outcome, reply, made));
    }
  }

  private void answer(Request request, ConnectionTerms by, Outcome outcome, Consumer<RespValue> reply,
      Function<Outcome, RespValue> made) {
    learn(request, outcome, by.writes());
    reply.accept(OutcomeReplies.isError(outcome) ? OutcomeReplies.error(outcome) : made.apply(outcome));
  }

  /** All at once, with one reply: the first error, in the order of the requests, if there is any. */
  void sendAll(List<? extends Request> requests, ConnectionTerms by, Consumer<RespValue> reply,
      Function<Outcome[], RespValue> made) {
    gather(requests, by, outcomes -> {
      for (var outcome : outcomes) {
        if (OutcomeReplies.isError(outcome)) {
          reply.accept(OutcomeReplies.error(outcome));
          return;
        }
      }
      reply.accept(made.apply(outcomes));
    });
  }

  /** All at once; told when the last one has ended, in the order of the requests. */
  void gather(List<? extends Request> requests, ConnectionTerms by, Consumer<Outcome[]> whole) {
    var gather = new Gather(requests.size(), outcomes -> {
      for (int i = 0; i < outcomes.length; i++) {
        learn(requests.get(i), outcomes[i], by.writes());
      }
      whole.accept(outcomes);
    });
    if (by.session().isPresent()) {
      sessions.sendAll(requests, by.session().get(), gather::onOutcome);
    } else {
      shell.requestAll(requests, gather::onOutcome);
    }
  }

  private void learn(Request request, Outcome outcome, RecentWrites writes) {
    if (outcome instanceof Outcome.Found found && request instanceof Request.Read read) {
      sizes.saw(read.key().bytes(), found.record().valueBytes());
    } else if (outcome instanceof Outcome.Written written && request instanceof Request.Write write) {
      writes.wrote(write.key(), written.dot(), written.replicas());
    } else if (outcome instanceof Outcome.Changed changed && request instanceof Request.Strong strong
        && changed.version().size() > 0) {
      writes.wrote(strong.key(), changed.version().greatest(), changed.replicas());
    }
  }
}
