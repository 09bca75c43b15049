package dev.torc.verticles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of peers and of what is held for them, as it is scraped. */
class NodeMetricsTest {
  @TempDir
  Path directory;

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final NodeMetrics metrics = new NodeMetrics(registry);
  private StateFixture node;

  @BeforeEach
  void open() {
    node = new StateFixture(directory);
    metrics.watch(node.state);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void howUnlikelyEachPeersSilenceIsAndWhoSuspectsItIsTold() {
    metrics.refresh(node.state.view(), node.state.rounds());
    assertThat(lines()).contains("torc_peer_phi{peer=\"n2\"} 9.25", "torc_peer_phi{peer=\"n3\"} 0.5",
        "torc_peer_suspected{by=\"n1\",peer=\"n2\"} 1.0", "torc_peer_suspected{by=\"n3\",peer=\"n2\"} 1.0")
        .noneMatch(line -> line.startsWith("torc_peer_suspected") && line.contains("peer=\"n3\""));
  }

  @Test
  void whatIsHeldForWhomIsToldAndForgottenWhenItIsGone() {
    node.state.hints().onTally(new Tally(
        List.of(new Owed(StateFixture.N2, 7, 700), new Owed(StateFixture.N3, 1, 50)), 5));
    assertThat(lines()).contains("torc_hints_pending{owner=\"n2\"} 7.0", "torc_hints_pending{owner=\"n3\"} 1.0",
        "torc_hints_bytes 750.0");
    node.state.hints().onTally(new Tally(List.of(new Owed(StateFixture.N2, 6, 600)), 5));
    assertThat(lines()).contains("torc_hints_pending{owner=\"n2\"} 6.0", "torc_hints_bytes 600.0")
        .noneMatch(line -> line.startsWith("torc_hints_pending{owner=\"n3\""));
  }

  @Test
  void whatBecameOfHintsIsCountedEachByItself() {
    var events = List.of(Event.HINT_REPLAYED, Event.HINT_REPLAYED, Event.HINT_REPLAYED, Event.HINT_HANDED_OVER,
        Event.HINT_HANDED_OVER, Event.HINT_DROPPED, Event.WRITE_LET_GO);
    events.forEach(node.state.events()::count);
    assertThat(lines()).contains("torc_hints_replayed_total 3.0", "torc_hints_handed_over_total 2.0",
        "torc_hints_dropped_total 1.0", "torc_coordination_events_total{event=\"write_let_go\"} 1.0");
  }

  private List<String> lines() {
    return registry.scrape().lines().toList();
  }
}
