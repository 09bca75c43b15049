package dev.torc.verticles.cli;

import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;

/** Runs one node in this process. The future succeeds once it serves clients, and fails with everything closed again. */
@FunctionalInterface
interface NodeStarter {

  Future<RunningNode> start(NodeConfig config);

  /** A node that serves until it is stopped. */
  @FunctionalInterface
  interface RunningNode {

    Future<Void> stop();
  }
}
