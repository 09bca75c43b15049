package dev.torc.verticles.http;

import dev.torc.verticles.client.NodeState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code /metrics} for Prometheus, {@code /health} for load balancers, and a page for people. */
public final class HttpVerticle extends VerticleBase {
  private final NodeState node;
  private final Callable<String> metrics;
  private HttpServer server;

  /** @param metrics the figures of this moment; may block */
  public HttpVerticle(NodeState node, Callable<String> metrics) {
    this.node = node;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    server = vertx.createHttpServer().requestHandler(this::onRequest);
    return server.listen(node.config().httpPort(), node.config().bind());
  }

  @Override
  public Future<?> stop() {
    return server.close();
  }

  private void onRequest(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      request.response().setStatusCode(405).putHeader("allow", "GET, HEAD").end("only GET and HEAD\n");
      return;
    }
    switch (request.path()) {
      case "/metrics" -> vertx.executeBlocking(metrics)
          .onSuccess(figures -> answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", figures))
          .onFailure(failed -> answer(request, 500, "text/plain", failed + "\n"));
      case "/health" -> health(request);
      case "/" -> answer(request, 200, "text/html; charset=utf-8", ConsolePage.of(node.view()));
      default -> answer(request, 404, "text/plain", "there are /, /health and /metrics\n");
    }
  }

  /** Ready when the node is in a ring that has formed, its disk takes writes, and its clock is near the others'. */
  private void health(HttpServerRequest request) {
    var trouble = trouble();
    answer(request, trouble.isEmpty() ? 200 : 503, "text/plain; charset=utf-8", trouble.orElse("ready") + "\n");
  }

  private Optional<String> trouble() {
    if (!node.view().isFormed()) {
      return Optional.of("the cluster has not formed yet");
    }
    if (!node.view().trustsClock()) {
      return Optional.of("this node's clock is too far from its peers'");
    }
    return node.engine().refusal().map(why -> "writes are refused: " + why);
  }

  private static void answer(HttpServerRequest request, int status, String type, String body) {
    var response = request.response().setStatusCode(status).putHeader("content-type", type);
    if (request.method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
