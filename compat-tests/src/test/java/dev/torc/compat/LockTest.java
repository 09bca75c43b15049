package dev.torc.compat;

import dev.torc.compat.history.LockHolders;
import dev.torc.compat.process.NetworkedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lock in a key, by the commands that Redis's users take for it, while nodes die and the network parts. */
class LockTest {
  private static final int CLIENTS = 8;
  private static final int TURNS = 40;

  private static NetworkedCluster cluster;

  @BeforeAll
  static void start() {
    cluster = NetworkedCluster.start("lock", 3, "request.timeout=1000 ms");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void noTwoClientsHoldALockAtATimeThroughDeathsAndPartitions() {
    try (var holders = LockHolders.start(CLIENTS, cluster.size(), cluster::connect)) {
      holders.awaitTurns(TURNS);
      cluster.network().isolate(0);
      holders.awaitTurns(TURNS);
      cluster.network().heal();
      holders.awaitTurns(TURNS);
      cluster.kill(1);
      holders.awaitTurns(TURNS);
      cluster.restart(1);
      cluster.network().isolate(2);
      holders.awaitTurns(TURNS);
      cluster.network().heal();
      holders.awaitTurns(TURNS);
      holders.assertSafe();
    }
  }
}
