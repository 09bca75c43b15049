package dev.torc.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import org.junit.jupiter.api.Test;

class SlotTest {

  @Test
  void slotsAreThoseOfRedis() {
    assertThat(slot("123456789")).isEqualTo(0x31c3);
    assertThat(slot("")).isZero();
    assertThat(slot("foo")).isEqualTo(12_182);
    assertThat(slot("{user1000}.following")).isEqualTo(3_443).isEqualTo(slot("{user1000}.followers"))
        .isEqualTo(slot("user1000"));
  }

  @Test
  void onlyTheFirstNonEmptyHashTagCounts() {
    assertThat(slot("foo{}{bar}")).isEqualTo(8_363);
    assertThat(slot("foo{{bar}}zap")).isEqualTo(4_015).isEqualTo(slot("{bar"));
    assertThat(slot("foo{bar}{zap}")).isEqualTo(slot("bar"));
    assertThat(slot("foo{bar")).isNotEqualTo(slot("bar"));
    assertThat(slot("}foo{bar}")).isEqualTo(slot("bar"));
  }

  @Test
  void aSlotSitsAtItsNumberShiftedBy114() {
    assertThat(Slot.token(1)).isEqualTo(new Token(1L << 50, 0));
    assertThat(Slot.token(Slot.COUNT - 1)).isGreaterThan(Slot.token(Slot.COUNT / 2)).isLessThan(new Token(-1, -1));
  }

  private static int slot(String key) {
    return Slot.of(Bytes.of(key));
  }
}
