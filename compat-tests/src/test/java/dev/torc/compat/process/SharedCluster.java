package dev.torc.compat.process;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Three nodes for all the tests that leave them as they were; started by the first that wants them, stopped after the last. */
public final class SharedCluster implements BeforeAllCallback {
  private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedCluster.class);
  private static volatile Cluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getRoot().getStore(SPACE).getOrComputeIfAbsent("cluster", key -> {
      cluster = Cluster.start("shared", 3);
      return (AutoCloseable) cluster::close;
    });
  }

  public static Cluster get() {
    return cluster;
  }

  /** Stops it early, when no other test will want it. */
  public static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
