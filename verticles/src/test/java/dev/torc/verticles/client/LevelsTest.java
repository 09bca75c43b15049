package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.policy.PolicyTable;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final Bytes KEY = Bytes.of("key");

  private final Levels levels = new Levels(Level.QUORUM, Level.QUORUM, 60_000, () -> PolicyTable.EMPTY);

  /** What waits until no request can be under way any more waits for so long. */
  @Test
  void noRequestLastsLongerThanTheLongestThatIsAllowed() {
    assertThat(levels.read(KEY, Optional.empty(), 600_000, ConnectionTerms.fresh()).timeoutMillis()).isEqualTo(60_000);
    assertThat(levels.write(KEY, Optional.empty(), 60_001, ConnectionTerms.fresh()).timeoutMillis()).isEqualTo(60_000);
    assertThat(levels.write(KEY, Optional.empty(), 5, ConnectionTerms.fresh()).timeoutMillis()).isEqualTo(5);
    assertThat(levels.read(KEY, Optional.empty(), 0, ConnectionTerms.fresh()).timeoutMillis()).isZero();
  }
}
