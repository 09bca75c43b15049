package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.chaos.SmallDisk;
import dev.torc.compat.process.Network;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.process.Torc;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The last class: once the shared cluster is stopped, no process that names these tests' directory is left. */
@Order(Integer.MAX_VALUE)
class NothingIsLeftRunningTest {

  @Test
  void everyProcessThatTheTestsStartedHasEnded() {
    SharedCluster.stop();
    var left = Torc.running().stream().map(process -> process.info().commandLine().orElse("") + " " + process.pid())
        .toList();
    Torc.killLeftovers();
    assertThat(left).isEmpty();
  }

  @Test
  void everyHostAndDiskThatTheTestsMadeIsGone() {
    assertThat(Network.left()).isEmpty();
    assertThat(SmallDisk.mounted()).isEmpty();
  }
}
