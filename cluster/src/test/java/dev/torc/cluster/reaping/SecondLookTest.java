package dev.torc.cluster.reaping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import org.junit.jupiter.api.Test;

/** What all replicas hold alike may be so only since a moment ago, with a copy of what was before still under way. */
class SecondLookTest {
  private static final long HOUR = 3_600_000;
  private static final long ROUND = 60_000;
  private static final long LATE = 100_000;
  private static final Key KEY = Key.of(Bytes.of("k"));

  private final ReapingNet net = new ReapingNet(new ReapingConfig(HOUR, LATE, ROUND, 1_000, 2));

  @Test
  void aDeletionIsForgottenWhenItWasTheSameEverywhereForLongerThanAMessageLives() {
    delete();
    net.pass(HOUR + ROUND);
    assertThat(left()).as("after the first look").isEqualTo(3);
    net.pass(LATE - ROUND);
    assertThat(left()).isEqualTo(3);
    net.pass(2 * ROUND);
    assertThat(left()).isZero();
  }

  @Test
  void whatHasChangedSinceIsLookedAtForTheFirstTime() {
    delete();
    net.pass(HOUR + ROUND);
    delete();
    net.pass(HOUR + LATE);
    assertThat(left()).isEqualTo(3);
    net.pass(LATE + 2 * ROUND);
    assertThat(left()).isZero();
  }

  @Test
  void whoWasNotThereInBetweenMayHaveSentAnything() {
    delete();
    net.pass(HOUR + LATE);
    for (int i = 0; i < 2; i++) {
      net.perform(i, net.upkeeps.get(i).onPeerDown(new NodeId(3), net.now()));
      net.perform(i, net.upkeeps.get(i).onPeerUp(new NodeId(3), net.now()));
    }
    net.perform(2, net.upkeeps.get(2).onPeerDown(new NodeId(1), net.now()));
    net.perform(2, net.upkeeps.get(2).onPeerUp(new NodeId(1), net.now()));
    net.pass(ROUND);
    assertThat(left()).isEqualTo(3);
    net.pass(LATE + 2 * ROUND);
    assertThat(left()).isZero();
  }

  @Test
  void thereIsRoomForSoManyAndOthersWait() {
    var looks = new FirstLooks();
    for (int i = 0; i < FirstLooks.MOST; i++) {
      looks.isSecond(Key.of(Bytes.of("k" + i)), null, 0, 1);
    }
    assertThat(looks.hasRoomFor(KEY)).isFalse();
    assertThat(looks.hasRoomFor(Key.of(Bytes.of("k0")))).isTrue();
    looks.forgetOlderThan(2);
    assertThat(looks.hasRoomFor(KEY)).isTrue();
  }

  private void delete() {
    var stored = (StoreAnswer.Stored) net.at(0, new StoreStep.Put(KEY, Content.TOMBSTONE, Causality.BLIND, 0));
    for (int node = 0; node < 3; node++) {
      net.at(node, new StoreStep.Merge(KEY, stored.record()));
    }
  }

  private long left() {
    return net.stores.stream().filter(store -> store.records().containsKey(KEY)).count();
  }
}
