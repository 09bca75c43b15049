package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Operations on several keys, told as stories: three nodes, and one of them dies at the worst moment. */
class JointStoriesTest {
  private static final Key A = Key.of(Bytes.of("{t}a"));
  private static final Key B = Key.of(Bytes.of("{t}b"));
  private static final Request MOVE_A_TO_B = all(new Joint.Move(false), B, A);
  private static final ChangeResult DONE = new ChangeResult.Done(true, Optional.empty());
  private static final ChangeResult NOT_DONE = new ChangeResult.Done(false, Optional.empty());

  private final ThreeNodes nodes = new ThreeNodes();
  private final int proposer = nodes.proposer(A.slot());
  private final int other = (proposer + 1) % 3;
  private final int third = (proposer + 2) % 3;

  @Test
  void aValueMovesOnceAndIsThenUnderItsNewNameOnly() {
    put(A, "1");
    assertThat(result(other, MOVE_A_TO_B)).isEqualTo(DONE);
    assertThat(read(third, A)).isEmpty();
    assertThat(read(third, B)).hasValue("1");
    assertThat(result(other, MOVE_A_TO_B)).isEqualTo(new ChangeResult.Refused(Errors.NO_SUCH_KEY));
    nothingIsLeft();
  }

  @Test
  void aMoveOrACopyToWhereSomethingIsIsNotDoneUnlessToldTo() {
    put(A, "1");
    put(B, "2");
    assertThat(result(other, all(new Joint.Move(true), B, A))).isEqualTo(NOT_DONE);
    assertThat(result(other, all(new Joint.Copy(false), B, A))).isEqualTo(NOT_DONE);
    assertThat(read(third, B)).hasValue("2");
    assertThat(result(other, all(new Joint.Copy(true), B, A))).isEqualTo(DONE);
    assertThat(read(third, A)).hasValue("1");
    assertThat(read(third, B)).hasValue("1");
    nothingIsLeft();
  }

  @Test
  void allAreSetOrNone() {
    var set = all(new Joint.SetAllIfAbsent(List.of(Bytes.of("1"), Bytes.of("2"))), A, B);
    put(B, "0");
    assertThat(result(third, set)).isEqualTo(NOT_DONE);
    assertThat(read(other, A)).isEmpty();
    nodes.ask(other, new Request.Strong(B, new Change.Remove(Condition.ALWAYS, false), Terms.of(Level.STRONG)));
    assertThat(result(third, set)).isEqualTo(DONE);
    assertThat(read(other, A)).hasValue("1");
    assertThat(read(other, B)).hasValue("2");
    nothingIsLeft();
  }

  @Test
  void whatWasDecidedIsFinishedByWhoeverMeetsIt() {
    put(A, "1");
    assertThat(dies(proposer, settling(A))).isInstanceOf(Outcome.Uncertain.class);
    assertThat(read(third, A)).isEmpty();
    assertThat(read(other, B)).hasValue("1");
  }

  @Test
  void aReadThatSeesTheOneKeyMovedSeesTheOtherMoved() {
    put(A, "1");
    dies(proposer, settling(A));
    assertThat(read(third, B)).hasValue("1");
    assertThat(read(other, A)).isEmpty();
  }

  @Test
  void whatWasNotDecidedIsCalledOffWhenItsTimeIsOver() {
    put(A, "1");
    put(B, "2");
    assertThat(dies(proposer, deciding(B))).isInstanceOf(Outcome.Uncertain.class);
    assertThat(read(third, A)).hasValue("1");
    assertThat(read(third, B)).hasValue("2");
    assertThat(result(other, MOVE_A_TO_B)).isEqualTo(DONE);
    assertThat(read(third, B)).hasValue("1");
  }

  @Test
  void whatWasDecidedIsFinishedInTimeThoughNobodyAsks() {
    put(A, "1");
    dies(proposer, settling(A));
    for (int i = 0; i < 5 * ThreeNodes.TIMEOUT / 10; i++) {
      nodes.pass(10);
    }
    assertThat(value(nodes.ask(other, new Request.Read(A, Level.QUORUM)))).isEmpty();
    for (int node : new int[] {other, third}) {
      assertThat(nodes.coordinator(node).open()).isZero();
      assertThat(nodes.store(node).acceptors().get(A).results().intents().isNone()).isTrue();
      assertThat(nodes.store(node).acceptors().get(B).results().intents().isNone()).isTrue();
    }
  }

  @Test
  void twoThatNeedEachOthersKeysBothComeToAnEnd() {
    put(A, "1");
    put(B, "2");
    long there = nodes.start(other, MOVE_A_TO_B);
    long back = nodes.start(third, all(new Joint.Move(false), A, B));
    nodes.run();
    for (int i = 0; i < ThreeNodes.TIMEOUT / 10; i++) {
      nodes.pass(10);
    }
    assertThat(nodes.outcome(there)).isInstanceOf(Outcome.Changed.class);
    assertThat(nodes.outcome(back)).isInstanceOf(Outcome.Changed.class);
    assertThat(read(other, A).isPresent()).isNotEqualTo(read(other, B).isPresent());
    nothingIsLeft();
  }

  /** The other keys get what was written to them only once it is decided; so this is after that. */
  private static Predicate<StoreStep> settling(Key key) {
    return step -> step instanceof AcceptorStep.Accept it && it.key().equals(key)
        && it.results().intents().isNone();
  }

  private static Predicate<StoreStep> deciding(Key primary) {
    return step -> step instanceof AcceptorStep.Accept it && it.key().equals(primary)
        && !it.results().intents().commits().isEmpty();
  }

  /** A move through another node, of which its coordinator dies. */
  private Outcome dies(int node, Predicate<StoreStep> at) {
    nodes.dieAt(at);
    var outcome = nodes.ask(other, MOVE_A_TO_B);
    assertThat(nodes.isDead(node)).isTrue();
    return outcome;
  }

  private void put(Key key, String value) {
    var put = new Change.Put(Content.of(Bytes.of(value)), false, Condition.ALWAYS, false);
    assertThat(result(other, new Request.Strong(key, put, Terms.of(Level.STRONG)))).isEqualTo(DONE);
  }

  private static Request all(Joint joint, Key... keys) {
    return new Request.StrongAll(List.of(keys), joint, Terms.of(Level.STRONG));
  }

  private ChangeResult result(int node, Request request) {
    return nodes.ask(node, request) instanceof Outcome.Changed changed ? changed.result() : null;
  }

  private Optional<String> read(int node, Key key) {
    return value(nodes.ask(node, new Request.Read(key, Level.STRONG)));
  }

  private static Optional<String> value(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Found.class);
    return ((Outcome.Found) outcome).record().latestLive(0).map(sibling -> sibling.content().value().text());
  }

  private void nothingIsLeft() {
    nodes.pass(ThreeNodes.TIMEOUT);
    for (int node = 0; node < 3; node++) {
      assertThat(nodes.coordinator(node).open()).isZero();
      assertThat(nodes.coordinator(node).openCalls()).isZero();
      for (var key : List.of(A, B)) {
        var state = nodes.store(node).acceptors().getOrDefault(key, AcceptorState.EMPTY);
        assertThat(state.results().intents().isNone()).isTrue();
      }
    }
  }
}
