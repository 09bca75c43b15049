package dev.torc.cluster.session;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import dev.torc.protocol.command.Level;
import java.util.Optional;

/**
 * How a client in a session asks, and what its session learns of the outcomes.
 *
 * @param nodes of the ring
 * @param replicas the ring's N
 * @param reapableHlc below which what was deleted may have been reaped by now
 */
public record SessionRules(Session session, int nodes, int replicas, long reapableHlc) {

  /** The read so that its answer is not older than what the session has seen. */
  public Request.Read read(Request.Read read) {
    int proves = read.bound().after().isNothing() ? provesReaped(read.key(), read.terms()) : 0;
    var bound = new ReadBound(Session.bound(read.bound().after(), session.seen(read.key())),
        read.bound().maxStaleMillis(), read.bound().latestOnly(), proves);
    var level = session.atLeast(read.level(), read.key(), replicasOf(read.terms()));
    return new Request.Read(read.key(), read.terms().at(level), bound);
  }

  /**
   * What has to be read before: of a key of which something was seen that may not be on a majority, a strong operation, which asks a majority and takes no
   * bound, could see less. A read at a quorum that comes after it brings it there, or one at ALL where what was seen is not remembered exactly.
   */
  public Optional<Request.Read> before(Request request) {
    return strongKey(request).filter(session::isBeyondQuorum).map(key -> {
      var bound = new ReadBound(Session.bound(Context.NOTHING, session.seen(key)), ReadBound.ANY_AGE, false,
          provesReaped(key, termsOf(request)));
      return new Request.Read(key, termsOf(request).at(session.beforeStrong(key)), bound);
    });
  }

  private int provesReaped(Key key, Terms terms) {
    return session.provesReaped(key, replicasOf(terms), reapableHlc);
  }

  public void learn(Request request, Outcome outcome) {
    int holders = replicasOf(termsOf(request));
    if (outcome instanceof Outcome.Found found && request instanceof Request.Read read) {
      if (read.bound().provesReaped() > 0 && !read.bound().after().isCoveredBy(found.record().version())) {
        session.onReaped(read.key(), read.bound().after());
      }
      session.onRead(read.key(), found.record().version(), reached(read.level(), found.replicas(), holders), holders);
    } else if (outcome instanceof Outcome.Written written && request instanceof Request.Write write) {
      session.onWritten(write.key(), written.context(), reached(write.level(), written.replicas(), holders), holders);
    } else if (outcome instanceof Outcome.Changed changed && request instanceof Request.Strong strong) {
      session.onChanged(strong.key(), changed.version(), holders);
    }
  }

  /** Where stand-ins count, what the replicas themselves came to; the level itself where only stand-ins have it. */
  private static Level reached(Level level, int replicas, int holders) {
    if (!level.countsHints()) {
      return level;
    }
    return replicas >= Level.QUORUM.required(holders) ? Level.QUORUM : replicas > 0 ? Level.ONE : Level.SLOPPY;
  }

  /** The key of a request that asks a majority and takes no bound. */
  private static Optional<Key> strongKey(Request request) {
    if (request instanceof Request.Strong strong) {
      return Optional.of(strong.key());
    }
    return request instanceof Request.Read read && read.level() instanceof Level.Strong
        ? Optional.of(read.key())
        : Optional.empty();
  }

  private static Terms termsOf(Request request) {
    if (request instanceof Request.Read read) {
      return read.terms();
    }
    return request instanceof Request.Write write ? write.terms() : ((Request.Strong) request).terms();
  }

  private int replicasOf(Terms terms) {
    return Math.min(Math.max(1, nodes), terms.replicas() == 0 ? replicas : terms.replicas());
  }
}
