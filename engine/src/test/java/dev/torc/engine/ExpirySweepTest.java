package dev.torc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpirySweepTest {
  private static final int COST_MILLIS = 2;

  private long millis = 1_000;
  private long left;
  private int looks;
  private int sweeps;

  /** Takes two milliseconds for each look through its index. */
  private final ReplicaStore store = new ReplicaStore() {
    @Override
    public List<StoreAnswer> perform(List<StoreStep> steps, Moment now) {
      throw new IllegalStateException("nothing is asked of it");
    }

    @Override
    public int sweepExpired(int limit, Moment now) {
      sweeps++;
      int looked = (int) Math.min(limit, left);
      left -= looked;
      looks += looked;
      millis += COST_MILLIS;
      return looked;
    }
  };

  private final ExpirySweep sweep = new ExpirySweep(store, () -> new Moment(millis, millis));

  @Test
  void aQuietShardSweepsUntilNothingIsLeft() {
    left = 1_000;
    while (sweep.onTurn(false)) {
      assertThat(looks).isLessThan(1_000);
    }
    assertThat(looks).isEqualTo(1_000);
    assertThat(sweep.onTurn(false)).isFalse();
    assertThat(sweeps).isEqualTo(8);
  }

  @Test
  void besideRequestsItTakesAQuarterOfTheTime() {
    left = 1_000_000;
    long from = millis;
    while (millis < from + 8_000) {
      sweep.onTurn(true);
      millis++;
    }
    assertThat(sweeps * COST_MILLIS).isBetween(1_500, 2_000);
  }

  @Test
  void whatIsSweptBesideRequestsGoesOnAtOnceWhenTheyEnd() {
    left = 1_000;
    sweep.onTurn(true);
    assertThat(sweep.onTurn(true)).isFalse();
    assertThat(sweeps).isEqualTo(1);
    assertThat(sweep.onTurn(false)).isTrue();
    assertThat(sweeps).isEqualTo(2);
  }
}
