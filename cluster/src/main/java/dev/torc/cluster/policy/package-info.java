/**
 * What key prefixes ask for, other than the cluster's defaults; the same on all nodes.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.policy.Policy} what one prefix says: conflict, levels, N, strong
 * <li>{@link dev.torc.cluster.policy.PolicyEntry} a prefix's policy or its removal, with the stamp by which the last writer wins
 * <li>{@link dev.torc.cluster.policy.PolicyTable} all entries, merged by one rule, and which policy a key has
 * <li>{@link dev.torc.cluster.policy.PolicyLayers} what was changed at run time, above what the configuration says
 * <li>{@link dev.torc.cluster.policy.ReplicaCounts} N by key, and nothing else
 * </ul>
 */
package dev.torc.cluster.policy;
