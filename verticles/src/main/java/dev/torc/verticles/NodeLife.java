package dev.torc.verticles;

import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node for as long as its process wants one: one {@link TorcNode}, or several after each other. When its peers tell it that its data directory is an older copy, it stops and begins
 * again as a node that has lost its disk; its clients' connections end meanwhile, as they do when any node restarts.
 */
public final class NodeLife {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLife.class);

  private final NodeConfig config;
  private Future<TorcNode> node;
  private boolean stopping;

  private NodeLife(NodeConfig config) {
    this.config = config;
  }

  /** Succeeds when the node takes connections; fails with everything closed again. */
  public static Future<NodeLife> start(NodeConfig config) {
    var life = new NodeLife(config);
    return life.begin().map(life);
  }

  private synchronized Future<TorcNode> begin() {
    node = TorcNode.start(config, OptionalLong.empty(), this::onOutlived);
    return node;
  }

  private synchronized void onOutlived(long generation) {
    if (stopping) {
      return;
    }
    node = node.compose(TorcNode::stop)
        .compose(stopped -> TorcNode.start(config, OptionalLong.of(generation), this::onOutlived))
        .onFailure(failed -> {
          LOG.error("the node cannot begin again: {}", failed.getMessage(), failed);
          TorcNode.exit(1);
        });
  }

  public synchronized Future<Void> stop() {
    stopping = true;
    return node.compose(TorcNode::stop);
  }
}
