package dev.torc.verticles;

import dev.torc.verticles.config.NodeConfig;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node for as long as its process wants one: one {@link TorcNode}, or several after each other. When its peers tell it that its data directory is an older copy, it stops and begins
 * again as a node that has lost its disk; its clients' connections end meanwhile, as they do when any node restarts. When it began as a new node, and they refuse it but know whom it was before, it begins
 * again as that one.
 */
public final class NodeLife implements TorcNode.Fate {
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
    node = TorcNode.start(config, TorcNode.Told.NOTHING, this);
    return node;
  }

  @Override
  public synchronized void onOutlived(long generation) {
    beginAgain(TorcNode.Told.outlived(generation));
  }

  @Override
  public synchronized void onRefused(String reason) {
    beginAgain(TorcNode.Told.refused(reason));
  }

  private void beginAgain(TorcNode.Told told) {
    if (stopping) {
      return;
    }
    node = node.compose(TorcNode::stop).compose(stopped -> TorcNode.start(config, told, this)).onFailure(failed -> {
      if (failed instanceof StartException) {
        System.err.println("torc: this node cannot join: " + failed.getMessage());
      } else {
        LOG.error("the node cannot begin again: {}", failed.getMessage(), failed);
      }
      TorcNode.exit(1);
    });
  }

  public synchronized Future<Void> stop() {
    stopping = true;
    // One that could not begin again has closed everything already.
    return node.transform(begun -> begun.succeeded() ? begun.result().stop() : Future.succeededFuture());
  }
}
