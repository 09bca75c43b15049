package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTest {
  private final ClusterLayout layout = new ClusterLayout(Path.of("/data"), 3, 7_001);
  private final List<NodeHome> homes = layout.homes();

  @Test
  void eachNodeOfEachClusterHasItsOwnSource() {
    assertThat(homes.stream().map(home -> Partition.source(home, layout))).containsExactly("127.27.89.1",
        "127.27.89.2", "127.27.89.3");
    var other = new ClusterLayout(Path.of("/other"), 1, 7_002);
    assertThat(Partition.source(other.homes().getFirst(), other)).isEqualTo("127.27.90.1");
  }

  @Test
  void whatPassesBetweenTheSidesVanishesAndNothingElse() {
    var rules = new Partition(layout).rules(List.of(homes.get(0), homes.get(2)));
    assertThat(rules).isEqualTo("""
        table ip torc_7001
        delete table ip torc_7001
        table ip torc_7001 {
        chain vanish {
        type filter hook input priority 0; policy accept;
        udp sport 17001 udp dport 17002 drop
        ip saddr 127.27.89.1 tcp dport 17002 drop
        ip daddr 127.27.89.2 tcp sport 17001 drop
        udp sport 17002 udp dport 17001 drop
        ip saddr 127.27.89.2 tcp dport 17001 drop
        ip daddr 127.27.89.1 tcp sport 17002 drop
        udp sport 17003 udp dport 17002 drop
        ip saddr 127.27.89.3 tcp dport 17002 drop
        ip daddr 127.27.89.2 tcp sport 17003 drop
        udp sport 17002 udp dport 17003 drop
        ip saddr 127.27.89.2 tcp dport 17003 drop
        ip daddr 127.27.89.3 tcp sport 17002 drop
        }
        }
        """);
  }
}
