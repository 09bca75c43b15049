/**
 * Dotted version vectors: what a replica holds of a key and how two replicas' knowledge combines.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.version.Dot} names one write
 * <li>{@link dev.torc.cluster.version.VersionVector} the writes that were seen
 * <li>{@link dev.torc.cluster.version.Content} a value or a tombstone, with its expiry
 * <li>{@link dev.torc.cluster.version.Sibling} a content under its dot
 * <li>{@link dev.torc.cluster.version.StoredRecord} a version vector and the siblings
 * <li>{@link dev.torc.cluster.version.Context} what a client has seen
 * <li>{@link dev.torc.cluster.version.Causality} what a write comes after
 * </ul>
 */
package dev.torc.cluster.version;
