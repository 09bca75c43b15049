package dev.torc.cluster.sim;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.session.Session;
import dev.torc.cluster.session.SessionRules;
import dev.torc.cluster.session.SessionToken;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Clients in sessions, that read and write at low levels through any node, with sessions that remember but few keys exactly. Each keeps its own true account
 * of what it has seen: no read may give less, and no write may have seen less.
 */
final class SessionWorkload {
  private static final int REMEMBERED_KEYS = 2;

  /** One client: its session, and what it has truly seen of each key. */
  private static final class Client {
    /** A write of a key that has fallen out supersedes less than what was seen of it, and only sorts behind it. */
    final boolean remembersAll;
    Session session;
    final TreeMap<Key, BitSet> seen = new TreeMap<>();

    Client(boolean remembersAll) {
      this.remembersAll = remembersAll;
      this.session = remembersAll ? new Session() : new Session(REMEMBERED_KEYS);
    }

    BitSet of(Key key) {
      return seen.computeIfAbsent(key, unknown -> new BitSet());
    }
  }

  private final SimCluster cluster;
  private final List<Key> keys;
  private final RandomGenerator sloppy;

  SessionWorkload(SimCluster cluster, List<Key> keys) {
    this.cluster = cluster;
    this.sloppy = cluster.kernel().stream("sloppy sessions", 0);
    this.keys = keys;
  }

  void go() {
    next(new Client(true));
    next(new Client(false));
  }

  private void next(Client client) {
    var kernel = cluster.kernel();
    if (kernel.now() >= SimConfig.ACTIVE_MILLIS) {
      return;
    }
    kernel.after(kernel.between(0, 2L * cluster.config().thinkMillis()), () -> {
      int node = (int) kernel.between(0, cluster.nodes().size() - 1);
      if (!cluster.node(node).isUp()) {
        next(client);
        return;
      }
      if (kernel.happens(0.1)) {
        moveOn(client, node);
      }
      act(client, node, keys.get((int) kernel.between(0, keys.size() - 1)));
    });
  }

  /** Another process goes on with the token, as far as the node's clock lets it. */
  private void moveOn(Client client, int node) {
    long wall = cluster.node(node).moment().wallMillis();
    var token = SessionToken.write(client.session, wall);
    if (SessionToken.read(token, wall, 60_000, SimConfig.SKEW_MILLIS) instanceof SessionToken.Good good) {
      client.session = good.session();
    } else {
      cluster.violations().check(cluster.config().clockJumps(), Invariant.SESSIONS_SEE_WHAT_THEY_SAW,
          "a token is not taken");
    }
  }

  private void act(Client client, int node, Key key) {
    long dice = cluster.kernel().between(0, 9);
    if (dice < 5) {
      ask(client, node, rules(client, node).read(new Request.Read(key, Terms.of(dice == 4 ? Level.STRONG : level()),
          ReadBound.NONE)), -1);
    } else if (dice < 9) {
      long number = cluster.clients().nextWrite();
      var causality = new Causality(Optional.empty(), client.session.seen(key), false);
      var content = dice == 8 ? WriteNumbers.tombstone(number) : Content.of(WriteNumbers.value(number, 0));
      ask(client, node, new Request.Write(key, content, false, causality, Terms.of(level())), number);
    } else {
      long number = cluster.clients().nextWrite();
      var change = new Change.Put(Content.of(WriteNumbers.value(number, 0)), false, Condition.ALWAYS, false);
      ask(client, node, new Request.Strong(key, change, Terms.of(Level.STRONG)), number);
    }
  }

  private Level level() {
    return cluster.kernel().happens(0.7) ? Level.ONE : sloppy.nextBoolean() ? Level.SLOPPY : Level.QUORUM;
  }

  private SessionRules rules(Client client, int node) {
    return new SessionRules(client.session, cluster.nodes().size(), cluster.config().replicas(),
        Hlc.atMillis(cluster.node(node).moment().wallMillis() - cluster.config().reaping().graceMillis() / 2));
  }

  private void ask(Client client, int node, Request request, long write) {
    var before = rules(client, node).before(request);
    if (before.isEmpty()) {
      send(client, node, request, write, outcome -> next(client));
      return;
    }
    send(client, node, before.get(), -1, found -> {
      if (found instanceof Outcome.Found && cluster.node(node).isUp()) {
        send(client, node, request, write, outcome -> next(client));
      } else {
        next(client);
      }
    });
  }

  private void send(Client client, int node, Request request, long write,
      Consumer<Outcome> then) {
    cluster.node(node).onSeen(client.session.greatestHlc());
    cluster.clients().ask(node, request, write, false, outcome -> {
      if (outcome != null) {
        rules(client, node).learn(request, outcome);
        check(client, request, outcome, write);
      }
      then.accept(outcome);
    });
  }

  private void check(Client client, Request request, Outcome outcome, long write) {
    if (outcome instanceof Outcome.Found found && request instanceof Request.Read read) {
      covers(client, read.key(), cluster.oracle().of(read.key()).covered(found.record().version()), request);
    } else if (outcome instanceof Outcome.Changed changed && request instanceof Request.Strong strong) {
      covers(client, strong.key(), cluster.oracle().of(strong.key()).covered(changed.version()), request);
    } else if (outcome instanceof Outcome.Written && request instanceof Request.Write put) {
      onWritten(client, put, write);
    }
  }

  private void covers(Client client, Key key, BitSet answer, Request request) {
    var history = cluster.oracle().of(key);
    var excused = (BitSet) answer.clone();
    excused.or(cluster.clients().oracle().lost(key));
    var mine = client.of(key);
    history.complete(mine);
    cluster.violations().check(KeyHistory.isWithin(mine, excused), Invariant.SESSIONS_SEE_WHAT_THEY_SAW,
        request + " misses " + history.names(mine, excused));
    mine.or(answer);
  }

  private void onWritten(Client client, Request.Write put, long write) {
    var history = cluster.oracle().of(put.key());
    int number = history.number(cluster.oracle().dotOf(write));
    var mine = client.of(put.key());
    history.complete(mine);
    var excused = (BitSet) history.past(number).clone();
    excused.or(cluster.clients().oracle().lost(put.key()));
    cluster.violations().check(!client.remembersAll || KeyHistory.isWithin(mine, excused),
        Invariant.SESSIONS_SEE_WHAT_THEY_SAW, put + " has not seen " + history.names(mine, excused));
    mine.set(number);
  }
}
