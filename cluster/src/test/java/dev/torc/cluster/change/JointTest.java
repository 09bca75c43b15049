package dev.torc.cluster.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.IntentChange.Conclude;
import dev.torc.cluster.change.IntentChange.Forget;
import dev.torc.cluster.change.IntentChange.Lock;
import dev.torc.cluster.change.IntentChange.Resolve;
import dev.torc.cluster.change.IntentChange.Settle;
import dev.torc.cluster.change.IntentResult.Aborted;
import dev.torc.cluster.change.IntentResult.Blocked;
import dev.torc.cluster.change.IntentResult.Committed;
import dev.torc.cluster.change.IntentResult.Locked;
import dev.torc.cluster.change.IntentResult.Pending;
import dev.torc.cluster.change.IntentResult.Settled;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Errors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JointTest {
  private static final long NOW = 1_000;
  private static final long DEADLINE = NOW + 100;
  private static final TransactionId MINE = new TransactionId(1, 1);
  private static final TransactionId OTHERS = new TransactionId(2, 1);
  private static final Bytes PRIMARY = Bytes.of("p");
  private static final Intent HELD = new Intent(MINE, PRIMARY, DEADLINE);
  private static final Intents BY_ME = Intents.NONE.with(HELD);
  private static final Optional<Content> NOTHING = Optional.empty();
  private static final Optional<Content> V = Optional.of(Content.of(Bytes.of("v"), 5_000));
  private static final Optional<Content> W = Optional.of(Content.of(Bytes.of("w")));
  private static final Optional<Content> GONE = Optional.of(Content.TOMBSTONE);
  private static final List<Commit.Write> WRITES = List.of(new Commit.Write(Bytes.of("q"), W));
  private static final Intents DONE = Intents.NONE.with(new Commit(MINE, WRITES));

  @Test
  void aMoveTakesTheExpiryAlongAndLeavesNothing() {
    var move = new Joint.Move(false);
    assertThat(move.apply(List.of(NOTHING, V))).isEqualTo(new Joint.Made(List.of(V, GONE), done(true)));
    assertThat(move.apply(List.of(W, V))).isEqualTo(new Joint.Made(List.of(V, GONE), done(true)));
    assertThat(move.apply(List.of(W, NOTHING)))
        .isEqualTo(new Joint.Made(List.of(NOTHING, NOTHING), new ChangeResult.Refused(Errors.NO_SUCH_KEY)));
  }

  @Test
  void aMoveToWhereNothingIsReplacesNothing() {
    var move = new Joint.Move(true);
    assertThat(move.apply(List.of(NOTHING, V))).isEqualTo(new Joint.Made(List.of(V, GONE), done(true)));
    assertThat(move.apply(List.of(W, V))).isEqualTo(new Joint.Made(List.of(NOTHING, NOTHING), done(false)));
    assertThat(move.apply(List.of(W, NOTHING)).result()).isEqualTo(new ChangeResult.Refused(Errors.NO_SUCH_KEY));
  }

  @Test
  void aCopyLeavesTheSourceAsItIs() {
    assertThat(new Joint.Copy(false).apply(List.of(NOTHING, V)))
        .isEqualTo(new Joint.Made(List.of(V, NOTHING), done(true)));
    assertThat(new Joint.Copy(false).apply(List.of(W, V)).writes()).isFalse();
    assertThat(new Joint.Copy(true).apply(List.of(W, V))).isEqualTo(new Joint.Made(List.of(V, NOTHING), done(true)));
    assertThat(new Joint.Copy(true).apply(List.of(W, NOTHING)).result()).isEqualTo(done(false));
  }

  @Test
  void allAreSetOrNone() {
    var set = new Joint.SetAllIfAbsent(List.of(Bytes.of("v"), Bytes.of("w")));
    assertThat(set.apply(List.of(NOTHING, NOTHING)))
        .isEqualTo(new Joint.Made(List.of(Optional.of(Content.of(Bytes.of("v"))), W), done(true)));
    assertThat(set.apply(List.of(NOTHING, W))).isEqualTo(new Joint.Made(List.of(NOTHING, NOTHING), done(false)));
  }

  @Test
  void aLockHoldsTheKeyAndSaysWhatIsThere() {
    says(new Lock(MINE, PRIMARY, DEADLINE), Intents.NONE, NOTHING, new Locked(V), BY_ME);
    says(new Lock(MINE, PRIMARY, DEADLINE + 50), BY_ME, NOTHING, new Locked(V), BY_ME);
    says(new Lock(OTHERS, PRIMARY, DEADLINE), BY_ME, NOTHING, new Blocked(HELD), BY_ME);
  }

  @Test
  void itHappensOnceAndOnlyWhileThePrimaryIsHeld() {
    var conclude = new Conclude(MINE, V, WRITES);
    says(conclude, BY_ME, V, new Committed(WRITES), DONE);
    says(conclude, DONE, NOTHING, new Committed(WRITES), DONE);
    says(conclude, Intents.NONE, NOTHING, new Aborted(), Intents.NONE);
    says(new Conclude(OTHERS, V, WRITES), BY_ME, NOTHING, new Aborted(), BY_ME);
  }

  @Test
  void whatWritesNothingLeavesNothing() {
    says(new Conclude(MINE, NOTHING, List.of()), BY_ME, NOTHING, new Committed(List.of()), Intents.NONE);
  }

  @Test
  void aKeyIsGivenBackByWhoHoldsIt() {
    says(new Settle(MINE, W), BY_ME, W, new Settled(), Intents.NONE);
    says(new Settle(OTHERS, W), BY_ME, NOTHING, new Settled(), BY_ME);
    says(new Settle(MINE, W), Intents.NONE, NOTHING, new Settled(), Intents.NONE);
  }

  @Test
  void whatIsLateIsCalledOffAndCannotHappenAnyMore() {
    var resolve = new Resolve(MINE);
    says(resolve, BY_ME, NOTHING, new Pending(), BY_ME);
    says(resolve, DONE, NOTHING, new Committed(WRITES), DONE);
    says(resolve, Intents.NONE, NOTHING, new Aborted(), Intents.NONE);
    var late = resolve.apply(record(), BY_ME, DEADLINE);
    assertThat(late).isEqualTo(new IntentChange.Applied(NOTHING, new Aborted(), Intents.NONE));
    says(new Conclude(MINE, V, WRITES), late.intents(), NOTHING, new Aborted(), Intents.NONE);
  }

  @Test
  void whatIsForgottenIsNotThereAnyMore() {
    says(new Forget(MINE), DONE, NOTHING, new Settled(), Intents.NONE);
    says(new Forget(OTHERS), DONE, NOTHING, new Settled(), DONE);
  }

  private static void says(IntentChange change, Intents before, Optional<Content> content, IntentResult result,
      Intents after) {
    var applied = change.apply(record(), before, NOW);
    assertThat(applied).isEqualTo(new IntentChange.Applied(content, result, after));
    assertThat(applied.intents() == before).as("the same object if nothing changes").isEqualTo(after.equals(before));
  }

  private static StoredRecord record() {
    return StoredRecord.EMPTY.update(StoredRecord.EMPTY.version(), new Dot(7, 1), V.orElseThrow());
  }

  private static ChangeResult done(boolean isDone) {
    return new ChangeResult.Done(isDone, Optional.empty());
  }
}
