package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.StateFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What INFO tells of peers, from which {@code deploy/torc status} is made. */
class InfoReportTest {
  @TempDir
  Path directory;

  private StateFixture node;

  @BeforeEach
  void open() {
    node = new StateFixture(directory);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void eachPeersPhiIsToldAndWhoSuspectsItAndNothingOfThisNodeItself() {
    assertThat(line("node0:")).contains("name=n1,", ",state=up,").doesNotContain("phi=", "suspected_by=");
    assertThat(line("node1:")).contains("name=n2,", ",state=suspect,").endsWith(",phi=9.3,suspected_by=n1|n3");
    assertThat(line("node2:")).contains("name=n3,", ",state=up,").endsWith(",phi=0.5,suspected_by=");
  }

  @Test
  void whatIsHeldForWhomIsTold() {
    assertThat(line("hints_pending:")).isEqualTo("hints_pending:0");
    node.state.hints().onTally(new Tally(
        List.of(new Owed(StateFixture.N2, 7, 700), new Owed(StateFixture.N3, 1, 50)), 5));
    assertThat(line("hints_pending:")).isEqualTo("hints_pending:8");
    assertThat(line("hints_bytes:")).isEqualTo("hints_bytes:750");
    assertThat(line("node1:")).contains(",hints=7,");
    assertThat(line("node2:")).contains(",hints=1,");
  }

  private String line(String beginning) {
    var report = ((RespValue.Verbatim) new InfoReport(node.state).reply(List.of("torc"))).text();
    return report.lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }
}
