package dev.torc.cluster.effect;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreStep;

/** What the core wants done; a shell does it, in order, and decides nothing. */
public sealed interface Effect {

  /** To a peer, on a connection of this coordinator's own. If it surely cannot leave, the shell says so ({@code onUndelivered}). */
  record Send(NodeId to, PeerMessage message) implements Effect {}

  /** Back on the connection by which the request came; dropped if that is gone. */
  record Answer(long origin, PeerMessage message) implements Effect {}

  /** To this node's own store; the answer comes back under the ticket. */
  record Store(long ticket, StoreStep step) implements Effect {}

  /** To the client whose request this was. */
  record Reply(long request, Outcome outcome) implements Effect {}

  /** An operation for the coordinator beside, as if a client had asked for it; nobody waits for its outcome. */
  record Begin(Request request) implements Effect {}

  /** Something to count, and at most to log. */
  record Announce(Event event) implements Effect {}

  enum Event {
    /** A replica was behind and was brought up before a read was answered. */
    REPAIRED_BEFORE_ANSWER,
    /** A replica was behind and is being brought up beside. */
    REPAIRED_BEHIND,
    /** A key was not the same on two replicas and nobody had read it: they found it by comparing their trees. */
    REPAIRED_BY_COMPARISON,
    /** A replica was late, so others were asked as well. */
    ASKED_MORE,
    /** A peer's message came after its deadline. */
    REFUSED_LATE,
    /** A peer's clock is further ahead than clocks may differ. */
    CLOCK_TOO_FAR_AHEAD,
    /** A read found concurrent values. */
    SIBLINGS,
    /** A write left a key with as many concurrent values as are worth a word. */
    MANY_SIBLINGS,
    /** Concurrent values were given up for the latest, where only that is wanted. */
    LATEST_KEPT,
    /** A replica that is slow was not the first to be asked. */
    SLOW_PASSED_OVER,
    /** A strong operation was handed on to another replica, since the first was late. */
    STRONG_HANDED_ON,
    /** A strong operation was begun at this node, a replica of its key. */
    STRONG,
    /** A round of a strong operation was in vain, and another one follows. */
    STRONG_AGAIN,
    /** A strong operation was given up because others were in the way. */
    STRONG_CONTENTION,
    /** A linearizable read was answered in one round trip. */
    STRONG_READ_AT_ONCE,
    /** An acceptor that may have forgotten what it promised asks the others. */
    STRONG_REJOIN,
    /** All replicas of a key were told to forget its deletion. */
    REAPED,
    /** A write was no longer followed, since too much was open, when its level was reached and one of its replicas had not answered yet, though no later than usual. */
    WRITE_LET_GO,
    /** A replica got what was held for it. */
    HINT_REPLAYED,
    /** What was held for a replica was too old or one too many, and went to another replica of the key. */
    HINT_HANDED_OVER,
    /** What was held for a replica was given up, too old or one too many, and no replica of the key could be reached. */
    HINT_DROPPED
  }
}
