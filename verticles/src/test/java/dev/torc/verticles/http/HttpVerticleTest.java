package dev.torc.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.verticles.OneNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpVerticleTest {
  @TempDir
  Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aNodeInTheRingIsHealthy() throws Exception {
    try (var node = OneNode.start(directory)) {
      var health = ask(node, "GET", "/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("ready\n");
    }
  }

  @Test
  void aNodeThatWaitsForOthersIsNotReadyAndSaysSo() throws Exception {
    try (var node = OneNode.start(directory, Map.of("cluster.expect", "2"))) {
      var health = ask(node, "GET", "/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).isEqualTo("the cluster has not formed yet\n");
      assertThat(ask(node, "GET", "/").body()).contains("the cluster has not formed yet");
    }
  }

  @Test
  void theMetricsTellCommandsClientsEventsAndTheEngine() throws Exception {
    try (var node = OneNode.start(directory); var client = node.connect()) {
      client.askAll("SET a 1", "GET a", "GET b", "NOSUCH");
      var metrics = ask(node, "GET", "/metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("content-type")).get().asString().startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body()).contains("torc_commands_seconds_count{command=\"get\",outcome=\"ok\"} 2",
          "torc_commands_seconds_bucket{command=\"set\",outcome=\"ok\",le=\"0.001\"}", "torc_ready 1.0",
          "torc_clients_open 1.0", "torc_ring_nodes 1.0", "torc_gets_total{result=\"miss\"} 1.0",
          "torc_coordination_events_total{event=", "torc_rocksdb_", "jvm_memory_used_bytes");
    }
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    try (var node = OneNode.start(directory)) {
      assertThat(ask(node, "GET", "/nonsense").statusCode()).isEqualTo(404);
      var post = ask(node, "POST", "/health");
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
      var head = ask(node, "HEAD", "/health");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void thePageForPeopleNamesTheNodesOfTheRing() throws Exception {
    try (var node = OneNode.start(directory, Map.of("name", "alpha"))) {
      assertThat(ask(node, "GET", "/").body()).contains("<h1>alpha</h1>", "serving",
          "127.0.0.1:" + node.config().client().port(), "100.0 %");
    }
  }

  private HttpResponse<String> ask(OneNode node, String method, String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + node.config().httpPort() + path);
    var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
