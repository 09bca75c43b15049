package dev.torc.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.time.HybridClock;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryReplicaStoreTest extends ReplicaStoreContract {

  @Override
  protected MemoryReplicaStore store() {
    return new MemoryReplicaStore(new HybridClock(0, SKEW_MILLIS), new SplittableRandom(1));
  }

  @Override
  protected ReplicaStore afterForgetting(ReplicaStore store) {
    ((MemoryReplicaStore) store).forgetActors();
    return store;
  }

  @Test
  void forgottenActorsNeverStampAgain() {
    var store = store();
    long actor = ((Stored) one(store, put("a", "1"))).dot().actor();
    store.forgetActors();
    assertThat(((Stored) one(store, put("a", "2"))).dot().actor()).isNotEqualTo(actor);
    assertThat(store.records().get(key("a")).version().size()).isEqualTo(2);
  }
}
