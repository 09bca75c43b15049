package dev.torc.cluster.policy;

/**
 * The policies of a node. What was said at run time is gossiped and persisted, and wins over the configuration's entry of the same prefix; the configuration
 * stays on its node, so that a line that is no longer in it is gone at the next start. It must be the same on all nodes, as N must.
 */
public record PolicyLayers(PolicyTable configured, PolicyTable changed) {
  public static final PolicyLayers EMPTY = new PolicyLayers(PolicyTable.EMPTY, PolicyTable.EMPTY);

  /** Both as one table, for looking up. */
  public PolicyTable whole() {
    return changed.over(configured);
  }

  public PolicyLayers withChanged(PolicyTable newChanged) {
    return new PolicyLayers(configured, newChanged);
  }
}
