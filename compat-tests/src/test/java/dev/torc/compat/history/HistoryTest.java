package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.check.RegisterOp;
import dev.torc.cluster.check.RegisterResult;
import dev.torc.protocol.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a strong read in the end is good for: what nobody asks for any more cannot be missed. */
class HistoryTest {
  private static final RegisterOp INCREMENT = new RegisterOp.Add(1);

  private final History history = new History();

  private void incremented(long to, long invoked, long returned) {
    history.known(0, "count", INCREMENT, new RegisterResult.Number(to), invoked, returned);
  }

  private void readInTheEnd(String value) {
    history.known(1, "count", new RegisterOp.Read(),
        new RegisterResult.Found(Optional.ofNullable(value).map(Bytes::of)), 100, 101);
  }

  @Test
  void anIncrementThatIsGoneInTheEndIsLost() {
    incremented(1, 0, 1);
    incremented(2, 2, 3);
    assertThatCode(history::assertLinearizable).doesNotThrowAnyException();
    readInTheEnd("1");
    assertThatThrownBy(history::assertLinearizable).isInstanceOf(AssertionError.class).hasMessageContaining("count");
  }

  @Test
  void aKeyThatIsGoneInTheEndIsLost() {
    incremented(1, 0, 1);
    readInTheEnd(null);
    assertThatThrownBy(history::assertLinearizable).isInstanceOf(AssertionError.class);
  }

  @Test
  void whatNobodyAcknowledgedMayBeThereInTheEnd() {
    incremented(1, 0, 1);
    history.unknown(0, "count", INCREMENT, 2);
    readInTheEnd("2");
    assertThatCode(history::assertLinearizable).doesNotThrowAnyException();
  }

  @Test
  void whatNobodyAcknowledgedNeedNotBeThereInTheEnd() {
    incremented(1, 0, 1);
    history.unknown(0, "count", INCREMENT, 2);
    readInTheEnd("1");
    assertThatCode(history::assertLinearizable).doesNotThrowAnyException();
  }
}
