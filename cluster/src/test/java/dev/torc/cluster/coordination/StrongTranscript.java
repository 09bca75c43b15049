package dev.torc.cluster.coordination;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.paxos.OperationId;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Strong operations, word by word, on keys whose first replica is this node. A request of a client's takes two ids, its operation's and the proposing one's;
 * one that came from a peer takes one. The proposer's clock counts from {@link #hlc} 0.
 */
abstract class StrongTranscript extends Transcript {
  /** The proposer draws its identity from the same as the ids. */
  static final long PROCESS = FIRST;
  static final long PEERS_PROCESS = 5_000;
  /** A little less time than the client has. */
  static final long PROPOSAL_TIMEOUT = TIMEOUT - TIMEOUT / 10;
  static final Key MINE = keyOf(THREE, SELF, B, C);
  static final Epoch EPOCH = new Epoch(THREE.digest(), 0);
  static final ChangeResult DONE = new ChangeResult.Done(true, Optional.empty());

  /** A key whose preference list begins so. */
  static Key keyOf(Ring ring, NodeId... order) {
    return IntStream.range(0, 100_000).mapToObj(i -> Key.of(Bytes.of("mine" + i)))
        .filter(key -> ring.preferenceList(key.slot()).nodes().subList(0, order.length).equals(List.of(order)))
        .findFirst().orElseThrow();
  }

  /** The nth reading that this node's proposer draws, as long as nothing else makes it. */
  static long hlc(int n) {
    return Hlc.atMillis(1_000_000) + n;
  }

  static Ballot ballot(int n) {
    return new Ballot(hlc(n), PROCESS);
  }

  static Change put(String value, Condition condition) {
    return new Change.Put(Content.of(Bytes.of(value)), false, condition, false);
  }

  static Request.Strong strong(Change change) {
    return new Request.Strong(MINE, change, Terms.of(Level.STRONG));
  }

  static Request.Strong set(String value) {
    return strong(put(value, Condition.ALWAYS));
  }

  static Request.Propose propose(Change change, OperationId id, long lowestOpen) {
    return new Request.Propose(MINE, change, id, lowestOpen, new Terms(Level.STRONG, 0, PROPOSAL_TIMEOUT));
  }

  static OperationId id(long number) {
    return new OperationId(PROCESS, number);
  }

  /** A strong write of this proposer's: one sibling, which has seen all that. */
  static StoredRecord chosen(StoredRecord seen, String value, long hlc) {
    var dot = new Dot(PROCESS, hlc);
    return new StoredRecord(seen.version().with(dot), List.of(new Sibling(dot, Content.of(Bytes.of(value)))));
  }

  static StoreStep fetchMine() {
    return new StoreStep.Fetch(MINE, StoreStep.Fetch.NO_LIMIT);
  }

  static StoreStep query() {
    return new AcceptorStep.Query(MINE, EPOCH);
  }

  static StoreStep prepare(Ballot ballot) {
    return new AcceptorStep.Prepare(MINE, EPOCH, ballot);
  }

  static StoreStep accept(Ballot ballot, StoredRecord value, Envelope results, Ballot next) {
    return new AcceptorStep.Accept(MINE, EPOCH, ballot, value, results, next, false);
  }

  static StoreStep acceptCached(Ballot ballot, StoredRecord value, Envelope results, Ballot next) {
    return new AcceptorStep.Accept(MINE, EPOCH, ballot, value, results, next, true);
  }

  static StoreStep commit(StoredRecord value) {
    return new StoreStep.Merge(MINE, value);
  }

  static StoreAnswer promised() {
    return promised(Ballot.NONE, NOTHING, Envelope.EMPTY, NOTHING);
  }

  static StoreAnswer promised(Ballot accepted, StoredRecord value, Envelope results, StoredRecord held) {
    return new AcceptorAnswer.Promised(accepted, value, results, held);
  }

  static StoreAnswer accepted() {
    return new AcceptorAnswer.Accepted();
  }

  static StoreAnswer nacked(Ballot floor) {
    return new AcceptorAnswer.Nacked(floor);
  }

  static StoreAnswer stale() {
    return new AcceptorAnswer.Stale();
  }

  static StoreAnswer abstained() {
    return new AcceptorAnswer.Abstained();
  }

  static Outcome changed(StoredRecord value) {
    return new Outcome.Changed(DONE, value.version(), 2);
  }

  static Outcome uncertain() {
    return new Outcome.Uncertain("no majority confirmed the change in 900 ms, it may be applied");
  }

  /** A step on its way to another replica, with the deadline of the proposal. */
  Effect asks(NodeId to, long id, long seenHlc, StoreStep step) {
    return new Effect.Send(to,
        new PeerMessage.Perform(FIRST + id, now.wallMillis() + PROPOSAL_TIMEOUT, seenHlc, step));
  }

  /** A proposal of a peer's clients, forwarded. */
  List<Effect> forwarded(long id, Request.Propose propose) {
    return coordinator.onPeerMessage(7, new PeerMessage.Forward(id, now.wallMillis() + TIMEOUT, 0, propose), now);
  }

  static Effect answersPeer(long id, long seenHlc, Outcome outcome) {
    return new Effect.Answer(7, new PeerMessage.Forwarded(id, seenHlc, outcome));
  }

  /** The first operation on the key, from the client's request to the answer: 12 ids and 3 readings of the clock. */
  StoredRecord firstOperation(String value) {
    var chosen = chosen(NOTHING, value, hlc(1));
    ask(set(value));
    stores(2, held(NOTHING));
    stores(3, promised());
    answers(4, promised());
    stores(6, accepted());
    answers(7, accepted());
    stores(9, merged());
    answers(10, merged());
    answers(11, merged());
    nothingIsOpen();
    return chosen;
  }

  static Envelope firstResult() {
    return Envelope.EMPTY.with(id(0), 0, DONE, hlc(1));
  }
}
