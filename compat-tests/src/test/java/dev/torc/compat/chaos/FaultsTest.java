package dev.torc.compat.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.NativeCode;
import dev.torc.compat.process.Network;
import dev.torc.compat.process.Network.Loss;
import dev.torc.compat.process.Program;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fault that does nothing proves nothing: each one shows its effect. */
class FaultsTest {
  private static final int CLOSED_PORT = 9;

  @Test
  void aLongLineHoldsPacketsUpAndGoesAwayAgain() throws Exception {
    NativeCode.assumePossible();
    try (var network = Network.of(1)) {
      assertThatThrownBy(() -> connect(network.address(0))).isInstanceOf(ConnectException.class);
      long begin = System.nanoTime();
      try (var line = network.lengthen(0, 150, 50, 30, 1)) {
        assertThat(line).isNotNull();
        assertThatThrownBy(() -> connect(network.address(0))).isInstanceOf(ConnectException.class);
        assertThat(System.nanoTime() - begin).as("there and back").isGreaterThan(300_000_000);
      }
      assertThatThrownBy(() -> connect(network.address(0))).isInstanceOf(ConnectException.class);
    }
  }

  private static void connect(String address) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, CLOSED_PORT), 20_000);
    }
  }

  @Test
  void whatIsLostOneWayOrBothGetsNoAnswer() {
    try (var network = Network.of(3)) {
      assertThat(answers(network, 0, 1)).isTrue();
      network.apply(Loss.onWay(List.of(1), List.of(0)));
      assertThat(answers(network, 0, 1)).isFalse();
      assertThat(answers(network, 0, 2)).isTrue();
      network.apply(Loss.between(List.of(0), List.of(2)));
      assertThat(answers(network, 0, 1)).isTrue();
      assertThat(answers(network, 2, 0)).isFalse();
      network.apply(List.of(new Loss(0, 1, 99)));
      assertThat(answers(network, 0, 2)).isTrue();
      network.heal();
      assertThat(answers(network, 2, 0)).isTrue();
    }
  }

  /** Refused is an answer too. */
  private static boolean answers(Network network, int from, int to) {
    var line = new ArrayList<>(network.on(from));
    line.addAll(List.of("timeout", "2", "bash", "-c", "</dev/tcp/" + network.address(to) + "/" + CLOSED_PORT));
    return Program.run(line.toArray(String[]::new)).text().contains("refused");
  }

  @Test
  void aPowerCutLeavesOfAFileWhatWasSynced() throws IOException {
    NativeCode.assumePossible();
    Path file = Cluster.fresh("synced").resolve("file");
    write(file, "conv=fsync");
    write(file, "oflag=append", "conv=notrunc");
    assertThat(Files.size(file)).isEqualTo(20_480);
    assertThat(PowerSupply.cutToSynced(file)).isEqualTo(10_240);
    assertThat(Files.size(file)).isEqualTo(10_240);
    write(file, "oflag=append", "conv=notrunc,fdatasync");
    assertThat(PowerSupply.cutToSynced(file)).isZero();
    Path never = file.resolveSibling("never");
    write(never, "conv=notrunc");
    assertThat(PowerSupply.cutToSynced(never)).isEqualTo(10_240);
  }

  private static void write(Path file, String... options) {
    var line = new ArrayList<>(List.of("dd", "if=/dev/zero", "of=" + file, "bs=1024", "count=10"));
    line.addAll(List.of(options));
    Program dd = Program.run(line, Map.of("LD_PRELOAD", NativeCode.library("synced").toString()), new byte[0]);
    assertThat(dd.exit()).as(dd.text()).isZero();
  }

  @Test
  void aWrongClockIsOffBySoMuch() {
    NativeCode.assumePossible();
    var clock = new WrongClock(Cluster.fresh("clock").resolve("clock"));
    for (int secondsAhead : new int[] {0, 600, -120}) {
      clock.set(secondsAhead);
      long before = System.currentTimeMillis() / 1_000;
      var date = Program.run(List.of("date", "+%s"), clock.environment(), new byte[0]);
      long after = System.currentTimeMillis() / 1_000;
      assertThat(Long.parseLong(date.out().strip()) - secondsAhead).isBetween(before, after);
    }
  }

  @Test
  void aFullDiskTakesNothingUntilItIsFreed() throws IOException {
    Network.assumePossible();
    Path directory = Cluster.fresh("small").resolve("disk");
    try (var disk = SmallDisk.mount(directory)) {
      disk.fill();
      assertThatThrownBy(() -> Files.write(directory.resolve("more"), new byte[10_000]))
          .hasMessageContaining("No space left");
      disk.free();
      Files.write(directory.resolve("more"), new byte[10_000]);
    }
    assertThat(SmallDisk.mounted()).doesNotContain(directory.toString());
  }
}
