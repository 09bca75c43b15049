package dev.torc.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairsTest {
  private static final String WHOLE = "state=up,zone=default,share=33.3,keys=120,disk_bytes=65536,uptime_s=95,";

  @Test
  void aClusterThatIsWholeHasNothingToTell() {
    assertThat(repairs(info("n1", "no", node("n1", ""), node("n2", "hints=0,compared_s=60,divergent=0")),
        info("n2", "no", node("n1", ""), node("n2", ""))).lines()).isEmpty();
  }

  @Test
  void hintsAreToldByWhoKeepsThemAndForWhom() {
    assertThat(repairs(
        info("n1", "no", node("n1", ""), node("n2", "hints=1,compared_s=4"), node("n3", "hints=1200,compared_s=4")))
        .lines())
        .containsExactly("n1 keeps 1 record for n2.", "n1 keeps 1200 records for n3.");
  }

  @Test
  void aReplicaThatCatchesUpIsToldByItsName() {
    assertThat(repairs(info("n1", "no", node("n1", "")), info("n2", "7 of 9 slots", node("n2", ""))).lines())
        .containsExactly("n2 is catching up: 7 of 9 slots.");
  }

  @Test
  void ofTwoComparisonsOfAPairTheLaterOneCounts() {
    var n1 = info("n1", "no", node("n1", ""), node("n2", "compared_s=9,divergent=12"));
    var n2 = info("n2", "no", node("n1", "compared_s=4,divergent=0"), node("n2", ""));
    assertThat(repairs(n1).lines()).containsExactly("n1 and n2 differed in 12 keys 9 s ago.");
    assertThat(repairs(n1, n2).lines()).isEmpty();
    assertThat(repairs(n2, n1).lines()).isEmpty();
  }

  @Test
  void aPairThatHasNotComparedForLongIsToldUnlessOneIsDown() {
    var late = node("n2", "compared_s=61,divergent=0");
    assertThat(repairs(info("n1", "no", node("n1", ""), late)).lines())
        .containsExactly("n1 and n2 have not compared their records for 1 min 1 s.");
    assertThat(repairs(info("n1", "no", node("n1", ""), late.replace("state=up", "state=down"))).lines()).isEmpty();
  }

  @Test
  void aPairThatHasNeverComparedIsToldOnceBothAreUpForLongEnough() {
    var never = node("n2", "hints=0");
    assertThat(repairs(info("n1", "no", node("n1", ""), never)).lines())
        .containsExactly("n1 and n2 have never compared their records, in 1 min 35 s that both are up.");
    assertThat(repairs(info("n1", "no", node("n1", ""), never.replace("uptime_s=95", "uptime_s=60"))).lines())
        .isEmpty();
    assertThat(repairs(info("n1", "no", node("n1", "").replace("uptime_s=95", "uptime_s=60"), never)).lines())
        .isEmpty();
    var compared = info("n2", "no", node("n1", "compared_s=4,divergent=0"), node("n2", ""));
    assertThat(repairs(info("n1", "no", node("n1", ""), never), compared).lines()).isEmpty();
    assertThat(repairs(info("n1", "no", node("n1", ""), node("n2", "apart=1"))).lines()).isEmpty();
  }

  @Test
  void whoDoesNotAnswerIsNamed() {
    assertThat(new Repairs(List.of(), List.of("n2 (10.0.0.2:7001)")).lines())
        .containsExactly("n2 (10.0.0.2:7001) does not answer from here, so what it lacks is not told.");
  }

  /** What README shows is what is printed. */
  @Test
  void theExampleInReadmeIsTrue() throws Exception {
    var seen = "phi=0.3,suspected_by=";
    var n1 = info("n1", "no", node("n1", ""), node("n2", "compared_s=4,divergent=0," + seen)
        .replace("uptime_s=95", "uptime_s=6").replace("65536", "20480").replace("120", "87"),
        node("n3", "compared_s=2,divergent=0," + seen).replace("uptime_s=95", "uptime_s=41"));
    var n2 = info("n2", "5120 of 16384 slots left after 6 s, 87 records so far", node("n2", ""));
    var shown = RingTable.render(RingView.parse(n1)) + String.join("\n", repairs(n1, n2).lines()) + "\n";
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(shown);
  }

  private static Repairs repairs(String... infos) {
    return new Repairs(List.of(infos).stream().map(RingView::parse).toList(), List.of());
  }

  private static String info(String name, String catchingUp, String... nodes) {
    var info = new StringBuilder("torc_ready:1\nring_digest:ab\nantientropy_interval_s:10\nnode_name:" + name
        + "\ncatching_up:" + catchingUp + "\n");
    for (int i = 0; i < nodes.length; i++) {
      info.append("node").append(i).append(':').append(nodes[i]).append('\n');
    }
    return info.toString();
  }

  private static String node(String name, String more) {
    return "name=" + name + ",id=0a,address=127.0.0.1:700" + name.charAt(1) + "," + WHOLE + more;
  }
}
