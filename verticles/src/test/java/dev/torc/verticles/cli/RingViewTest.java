package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingViewTest {

  private static final String INFO = "# Torc\r\ntorc_ready:1\r\nnode_name:n1\r\nring_digest:ab12\r\nring_nodes:2\r\n"
      + "node0:name=n1,id=00000000000000aa,address=127.0.0.1:7001,state=up,zone=default,share=50.25,keys=12,disk_bytes=12345,uptime_s=33,phi=0.3,suspected_by=\r\n"
      + "node1:name=node-two,id=00000000000000bb,address=[::1]:7002,state=down,zone=r2,share=49.75,hints=7,compared_s=4,divergent=2,phi=12.5,suspected_by=n1|n3\r\n";

  @Test
  void theSectionOfInfoIsAView() {
    assertThat(RingView.parse(INFO)).isEqualTo(new RingView(true, "ab12", "n1", "no", 10,
        List.of(
            new RingView.Member("n1", "00000000000000aa", "127.0.0.1:7001", "up", "default", 50.25, 12, 0, -1, 0,
                false, 12_345, 33,
                "0.3", "-"),
            new RingView.Member("node-two", "00000000000000bb", "[::1]:7002", "down", "r2", 49.75, -1, 7, 4, 2, false,
                -1, -1,
                "12.5", "n1, n3"))));
    assertThat(RingView.parse(INFO).isUp(7001)).isTrue();
    assertThat(RingView.parse(INFO).isUp(7002)).isFalse();
  }

  @Test
  void anotherServersInfoIsNoView() {
    assertThatThrownBy(() -> RingView.parse("redis_version:7.0.0\r\n")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableAlignsItsColumns() {
    assertThat(RingTable.render(RingView.parse(INFO))).isEqualTo("""
        name      address         state  zone      share  keys      disk  uptime   phi  compared  suspected by
        n1        127.0.0.1:7001  up     default  50.3 %    12  12.1 KiB    33 s   0.3         -  -
        node-two  [::1]:7002      down   r2       49.8 %     -         -       -  12.5       4 s  n1, n3
        """);
  }

  @ParameterizedTest
  @CsvSource({"-1,-", "0,0 B", "1023,1023 B", "1024,1.0 KiB", "1048576,1.0 MiB", "5368709120,5.0 GiB"})
  void bytesAreForReading(long bytes, String expected) {
    assertThat(RingTable.bytes(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-1,-", "59,59 s", "61,1 min 1 s", "3661,1 h 1 min", "90000,1 d 1 h"})
  void anAgeIsForReading(long seconds, String expected) {
    assertThat(RingTable.age(seconds)).isEqualTo(expected);
  }
}
