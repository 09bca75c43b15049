package dev.torc.cluster.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.paxos.Envelope;
import dev.torc.cluster.paxos.Epoch;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

class ReaperTest {
  private static final long HOUR = 3_600_000;
  private static final long ROUND = 60_000;
  private static final Key KEY = Key.of(Bytes.of("k"));

  private final ReapingNet net = new ReapingNet();
  private Key lastKey = KEY;

  @Test
  void aDeletionThatAllReplicasHoldIsForgottenAfterTheGrace() {
    onAll(delete(0, KEY));
    net.pass(HOUR - 1);
    assertThat(leftAt()).isEqualTo(3);
    net.pass(ROUND);
    assertThat(leftAt()).isZero();
  }

  @Test
  void manyAreForgottenInOneRoundAndValuesStay() {
    for (int i = 0; i < 20; i++) {
      onAll(delete(i % 3, Key.of(Bytes.of("k" + i))));
    }
    onAll(put(0, KEY, Content.of(Bytes.of("v"))));
    net.pass(HOUR + ROUND);
    assertThat(net.stores).allSatisfy(store -> assertThat(store.records().keySet()).containsExactly(KEY));
  }

  @Test
  void whatOneReplicaDoesNotHoldStays() {
    var tombstone = delete(0, KEY);
    net.at(1, new StoreStep.Merge(KEY, tombstone));
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(2);
  }

  @Test
  void whatOneReplicaHoldsOtherwiseStays() {
    onAll(delete(0, KEY));
    put(2, KEY, Content.TOMBSTONE);
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
  }

  @Test
  void aHintOfBeforeKeepsIt() {
    onAll(delete(0, KEY));
    net.oldestHint[2] = ReapingNet.NOON - 1;
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
    net.oldestHint[2] = ReapingNet.NOON + HOUR + 1_000;
    net.pass(ROUND);
    assertThat(leftAt()).isZero();
  }

  @Test
  void aMemberThatDoesNotAnswerKeepsIt() {
    onAll(delete(0, KEY));
    net.silent.add(2);
    net.pass(HOUR + ROUND);
    net.pass(2_000);
    assertThat(leftAt()).isEqualTo(3);
    net.silent.clear();
    net.pass(ROUND);
    assertThat(leftAt()).isZero();
  }

  @Test
  void aMemberThatIsDownKeepsItHoweverLong() {
    onAll(delete(0, KEY));
    for (int i = 0; i < 2; i++) {
      net.perform(i, net.upkeeps.get(i).onPeerDown(new NodeId(3), net.now()));
    }
    net.perform(2, net.upkeeps.get(2).onPeerDown(new NodeId(1), net.now()));
    net.pass(100 * HOUR);
    assertThat(leftAt()).isEqualTo(3);
    assertThat(net.performed).isEmpty();
  }

  @Test
  void aRoundEndsWithItsRing() {
    onAll(delete(0, KEY));
    net.before = step -> {
      if (step instanceof ReapStep.Inspect) {
        net.upkeeps.forEach(upkeep -> upkeep.onRing(net.ring, net.now()));
      }
    };
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
  }

  @Test
  void aWriteThatComesBetweenIsNotDropped() {
    onAll(delete(0, KEY));
    net.before = step -> {
      if (step instanceof ReapStep.Reap) {
        net.before = other -> {};
        put(1, KEY, Content.of(Bytes.of("new")));
      }
    };
    net.pass(HOUR + ROUND);
    assertThat(net.stores.get(1).records().get(KEY).isLive(net.now().wallMillis())).isTrue();
  }

  @Test
  void whatStrongOperationsLeftIsAcceptedOnceMoreFirst() {
    onAll(delete(0, KEY));
    accept(0, new Ballot(7, 7), new Ballot(8, 7));
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
    assertThat(net.buried).containsExactly(new Request.Strong(KEY, new Change.Bury(), new Terms(Level.STRONG, 0, 0)));
  }

  @Test
  void whatAllAcceptedInOneRoundIsForgottenOnceNoneTakesPartInItAnyMore() {
    onAll(delete(0, KEY));
    for (int node = 0; node < 3; node++) {
      accept(node, new Ballot(7, 7), Ballot.NONE);
    }
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isZero();
    assertThat(net.performed.stream().map(Object::getClass).map(Class::getSimpleName).filter(
        name -> name.equals("RaiseAtLeast") || name.equals("Reap"))).containsExactly("RaiseAtLeast", "RaiseAtLeast",
            "RaiseAtLeast", "Reap", "Reap", "Reap");
    for (int node = 0; node < 3; node++) {
      assertThat(net.at(node, new AcceptorStep.Prepare(KEY, new Epoch(0, 0), new Ballot(7, 7))))
          .isEqualTo(new AcceptorAnswer.Nacked(new Ballot(7, 7)));
    }
  }

  @Test
  void whatOnlyTwoAcceptedIsAcceptedOnceMoreFirst() {
    onAll(delete(0, KEY));
    accept(0, new Ballot(7, 7), Ballot.NONE);
    accept(1, new Ballot(7, 7), Ballot.NONE);
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
    assertThat(net.buried).hasSize(1);
  }

  @Test
  void anAcceptedValueThatTheRecordDoesNotCoverIsNotForgotten() {
    var tombstone = delete(0, KEY);
    onAll(tombstone);
    var later = tombstone.merge(new StoredRecord(tombstone.version().with(new Dot(99, 99)),
        tombstone.siblings()));
    for (int node = 0; node < 3; node++) {
      net.at(node, new AcceptorStep.Accept(KEY, new Epoch(0, 0), new Ballot(7, 7), later, Envelope.EMPTY, Ballot.NONE,
          false));
    }
    net.pass(HOUR + ROUND);
    assertThat(leftAt()).isEqualTo(3);
  }

  private void accept(int node, Ballot ballot, Ballot next) {
    var held = net.stores.get(node).records().get(KEY);
    net.at(node, new AcceptorStep.Accept(KEY, new Epoch(0, 0), ballot, held, Envelope.EMPTY, next, false));
  }

  private StoredRecord delete(int node, Key key) {
    return put(node, key, Content.TOMBSTONE);
  }

  private StoredRecord put(int node, Key key, Content content) {
    var stored = (StoreAnswer.Stored) net.at(node, new StoreStep.Put(key, content, Causality.BLIND, 0));
    lastKey = key;
    return stored.record();
  }

  private void onAll(StoredRecord record) {
    for (int node = 0; node < 3; node++) {
      net.at(node, new StoreStep.Merge(lastKey, record));
    }
  }

  private long leftAt() {
    return net.stores.stream().filter(store -> store.records().containsKey(KEY)).count();
  }
}
