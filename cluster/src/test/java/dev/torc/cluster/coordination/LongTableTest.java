package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongTableTest {

  @Test
  void itAgreesWithATreeMap() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      var table = new LongTable<String>();
      var model = new TreeMap<Long, String>();
      long first = random.nextLong();
      for (int step = 0; step < 4_000; step++) {
        long id = seed % 2 == 0 ? first + random.nextInt(300) : random.nextInt(40) * 0x1000_0000_0000L;
        if (random.nextInt(5) < 2) {
          assertThat(table.remove(id)).isEqualTo(model.remove(id));
        } else {
          table.put(id, "v" + step);
          model.put(id, "v" + step);
        }
        assertThat(table.find(id)).isEqualTo(model.get(id));
        assertThat(table.size()).isEqualTo(model.size());
      }
      assertThat(table.values()).containsExactlyInAnyOrderElementsOf(model.values());
      model.forEach((id, value) -> assertThat(table.find(id)).isEqualTo(value));
    }
  }

  @Test
  void theOrderDependsOnTheIdsAlone() {
    var one = new LongTable<Long>();
    var other = new LongTable<Long>();
    for (long id = 0; id < 20; id++) {
      one.put(id * 977, id);
    }
    for (long id = 0; id < 20; id++) {
      other.put(id * 977, id);
    }
    assertThat(other.values()).isEqualTo(one.values());
  }
}
