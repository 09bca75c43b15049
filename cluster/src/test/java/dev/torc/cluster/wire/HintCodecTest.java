package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.storage.Hint;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HintCodecTest {

  @Test
  void aHintIsReadBackAsItWasWritten() {
    for (int seed = 0; seed < 500; seed++) {
      var hint = hint(seed);
      assertThat(HintCodec.decode(HintCodec.encode(hint))).isEqualTo(hint);
    }
  }

  @Test
  void aHintThatIsCutOffOrLongerIsRefused() {
    for (int seed = 0; seed < 50; seed++) {
      var whole = HintCodec.encode(hint(seed));
      for (int length = 0; length < whole.length; length++) {
        var part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> HintCodec.decode(part)).isInstanceOf(MalformedException.class);
      }
      var longer = Arrays.copyOf(whole, whole.length + 1);
      assertThatThrownBy(() -> HintCodec.decode(longer)).isInstanceOf(MalformedException.class);
    }
  }

  private static Hint hint(int seed) {
    var random = new SplittableRandom(seed);
    return new Hint(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(),
        new ArbitraryMessage(random).storedRecord());
  }
}
