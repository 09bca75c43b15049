package dev.torc.cluster.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.hint.HandoffNode.Sent;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTranscriptTest {
  private static final HintLimits MANY = new HintLimits(3_600_000, Long.MAX_VALUE);
  private static final long LOOK = 1_000;
  private static final StoreAnswer NO = new StoreAnswer.Confirmed(false);
  private static final StoreAnswer FAILED = new StoreAnswer.Failed(StoreAnswer.Cause.DISK, "the disk is full");

  private final HandoffNode node = new HandoffNode(MANY);
  private final NodeId owner = node.owner;

  @Test
  void aHintGoesToItsOwnerAndIsDroppedWhenTheOwnerSaysThatItIsOnDisk() {
    node.keepFirst(2);
    node.up(owner);
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(owner, 0, 2));
    node.answer();
    assertThat(node.sent()).isEqualTo(confirms(owner, 0, 2));
    assertThat(node.kept()).isEqualTo(2);
    node.answer();
    assertThat(node.kept()).isZero();
    assertThat(node.announced).containsExactly(Effect.Event.HINT_REPLAYED, Effect.Event.HINT_REPLAYED);
    node.pass(5 * LOOK);
    assertThat(node.sent()).isEmpty();
  }

  @Test
  void whatTheOwnerLostBeforeItWasOnDiskIsKeptAndGoesAgain() {
    node.keepFirst(2);
    node.up(owner);
    node.passUntilSent(LOOK);
    node.answer();
    node.answer(sent -> key(sent).equals(node.keys.get(1)) ? NO : new StoreAnswer.Confirmed(true));
    assertThat(node.kept()).isEqualTo(1);
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(owner, 1, 2));
  }

  @Test
  void whatTheOwnerRefusesIsNotAskedFor() {
    node.keepFirst(2);
    node.up(owner);
    node.passUntilSent(LOOK);
    node.answer(sent -> key(sent).equals(node.keys.getFirst())
        ? FAILED
        : new StoreAnswer.Merged(StoreAnswer.Before.NOTHING));
    assertThat(node.sent()).isEqualTo(confirms(owner, 1, 2));
    node.answer();
    assertThat(node.kept()).isEqualTo(1);
  }

  @Test
  void whatWasAddedMeanwhileIsKeptAndGoesToo() {
    node.keepFirst(1);
    node.up(owner);
    node.passUntilSent(LOOK);
    node.answer();
    node.keep(owner, node.keys.getFirst(), "later");
    node.answer();
    assertThat(node.kept()).isEqualTo(1);
    node.passUntilSent(LOOK);
    var both = node.record("v").merge(node.record("later"));
    assertThat(node.sent())
        .isEqualTo(List.of(new Sent(owner, new StoreStep.Merge(node.keys.getFirst(), both))));
  }

  @Test
  void nothingGoesToAnOwnerThatCannotBeReachedAndAllAsSoonAsItCan() {
    node.keepFirst(1);
    node.up(node.second, node.third);
    node.pass(10 * LOOK);
    assertThat(node.sent()).isEmpty();
    node.up(owner);
    node.pass(HandoffNode.TICK);
    assertThat(node.sent()).isEqualTo(merges(owner, 0, 1));
  }

  @Test
  void whatIsNotAnsweredGoesAgainAfterAWhileAndHalfAsMuchOfIt() {
    node.keepFirst(20);
    node.up(owner);
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(owner, 0, Pace.FIRST));
    node.ignore();
    node.pass(Transfer.TIMEOUT_MILLIS + 400);
    assertThat(node.sent()).isEmpty();
    node.pass(200);
    assertThat(node.sent()).isEqualTo(merges(owner, Pace.FIRST, Pace.FIRST + Pace.FIRST / 2));
  }

  @Test
  void anOwnerThatIsLostInTheMiddleGetsTheRestWhenItIsBack() {
    node.keepFirst(20);
    node.up(owner);
    node.passUntilSent(LOOK);
    node.answer();
    node.answer();
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(owner, 4, 9));
    node.down(owner);
    node.pass(20 * LOOK);
    assertThat(node.sent()).isEmpty();
    assertThat(node.kept()).isEqualTo(16);
    node.up(owner);
    node.pass(HandoffNode.TICK);
    assertThat(node.sent()).isEqualTo(merges(owner, 4, 6));
  }

  @Test
  void aRestartOfThisNodeGoesOnWhereItWas() {
    node.keepFirst(6);
    node.up(owner);
    node.passUntilSent(LOOK);
    node.answer();
    node.answer();
    node.pass(HandoffNode.TICK);
    node.restart();
    node.up(owner);
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(owner, 4, 6));
  }

  @Test
  void noMoreIsUnderWayToAnOwnerThanOneBatchAndAtMostHalfOfTheTimeAnyIs() {
    node.keepFirst(300);
    node.up(owner);
    long busy = 0;
    long all = 0;
    while (node.kept() > 0) {
      node.pass(HandoffNode.TICK);
      all++;
      assertThat(node.sent().size()).isLessThanOrEqualTo(Pace.LARGEST);
      node.answer();
      busy += node.sent().isEmpty() ? 0 : 1;
    }
    assertThat(busy).isPositive().isLessThanOrEqualTo(all / 2 + 1);
  }

  @Test
  void oneOwnersSilenceIsNotAnothersWait() {
    node.keep(node.second, node.keys.getFirst(), "v");
    node.keep(owner, node.keys.getFirst(), "v");
    node.up(owner, node.second);
    node.passUntilSent(LOOK);
    node.answer(sent -> new StoreAnswer.Failed(StoreAnswer.Cause.BUSY, "too much waits"));
    node.keep(owner, node.keys.get(1), "v");
    node.passUntilSent(LOOK);
    assertThat(node.sent()).extracting(Sent::to).contains(owner, node.second);
  }

  @Test
  void whatIsKeptForOneWhoHasLeftGoesToTheReplicasThatTheKeyHasNow() {
    node.keepFirst(1);
    var left = Ring.of(node.ring.members().stream().filter(it -> !it.id().equals(owner)).toList(), HandoffNode.N);
    var now = left.preferenceList(node.keys.getFirst().slot()).nodes();
    node.up(now.toArray(NodeId[]::new));
    node.onRing(left);
    node.passUntilSent(LOOK);
    assertThat(now).hasSize(3).doesNotContain(owner);
    var others = now.stream().filter(replica -> !replica.equals(node.self)).toList();
    assertThat(node.sent()).isEqualTo(others.stream().map(replica -> merges(replica, 0, 1).getFirst()).toList());
    node.answer();
    assertThat(node.sent()).isEqualTo(others.stream().map(replica -> confirms(replica, 0, 1).getFirst()).toList());
    assertThat(node.kept()).isEqualTo(1);
    node.answer();
    assertThat(node.kept()).isZero();
  }

  @Test
  void whatIsKeptForOneWhoHasLeftStaysUntilAllReplicasHaveIt() {
    node.keepFirst(1);
    var left = Ring.of(node.ring.members().stream().filter(it -> !it.id().equals(owner)).toList(), HandoffNode.N);
    var now = left.preferenceList(node.keys.getFirst().slot()).nodes().stream()
        .filter(replica -> !replica.equals(node.self)).toList();
    node.onRing(left);
    node.up(now.getFirst());
    node.passUntilSent(LOOK);
    assertThat(node.sent()).isEqualTo(merges(now.getFirst(), 0, 1));
    node.answer();
    node.answer();
    assertThat(node.kept()).isEqualTo(1);
    node.up(now.toArray(NodeId[]::new));
    node.passUntilSent(10 * LOOK);
    node.answer();
    node.answer();
    assertThat(node.kept()).isZero();
  }

  @Test
  void whatIsKeptForAMemberThatIsNoReplicaOfTheKeyAnyMoreGoesToThoseThatAre() {
    node.keep(node.third, node.keys.getFirst(), "v");
    node.copies(2);
    node.up(owner, node.second, node.third);
    node.passUntilSent(LOOK);
    assertThat(node.sent()).extracting(Sent::to).containsExactly(owner, node.second);
    node.answer();
    node.answer(sent -> sent.to().equals(owner) ? NO : new StoreAnswer.Confirmed(true));
    assertThat(node.kept()).isEqualTo(1);
  }

  private static Key key(Sent sent) {
    return ((StoreStep.OnKey) sent.step()).key();
  }

  private List<Sent> merges(NodeId to, int from, int end) {
    return node.keys.subList(from, end).stream()
        .map(key -> new Sent(to, new StoreStep.Merge(key, node.record("v")))).toList();
  }

  private List<Sent> confirms(NodeId to, int from, int end) {
    var sent = new ArrayList<Sent>();
    for (var key : node.keys.subList(from, end)) {
      sent.add(new Sent(to, new StoreStep.Confirm(key, node.record("v").version(), true)));
    }
    return sent;
  }
}
