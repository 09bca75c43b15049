/**
 * The port to a replica's storage.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.storage.Key} a key and its place
 * <li>{@link dev.torc.cluster.storage.ScanPoint} a place between keys
 * <li>{@link dev.torc.cluster.storage.StoreStep} something to do, with the code that does it
 * <li>{@link dev.torc.cluster.storage.StepContext} what a step may know
 * <li>{@link dev.torc.cluster.storage.StoreAnswer} what came of it
 * <li>{@link dev.torc.cluster.storage.AcceptorStep}, {@link dev.torc.cluster.storage.AcceptorAnswer} the same for strong operations
 * <li>{@link dev.torc.cluster.storage.HintStep}, {@link dev.torc.cluster.storage.HintAnswer} the same for {@link dev.torc.cluster.storage.Hint}s
 * <li>{@link dev.torc.cluster.storage.ReapStep}, {@link dev.torc.cluster.storage.ReapAnswer} the same for the end of a deletion
 * <li>{@link dev.torc.cluster.storage.TreeStep}, {@link dev.torc.cluster.storage.TreeAnswer} the same for comparing replicas
 * <li>{@link dev.torc.cluster.storage.SlotStep}, {@link dev.torc.cluster.storage.SlotAnswer} the same for whole slots
 * <li>{@link dev.torc.cluster.storage.Wholeness} how far a replica may be believed about a slot
 * <li>{@link dev.torc.cluster.storage.SlotStates} the port to that
 * <li>{@link dev.torc.cluster.storage.ReplicaStore} the port
 * <li>{@link dev.torc.cluster.storage.Trees} a second port: hashes of all that a store holds
 * <li>{@link dev.torc.cluster.storage.TreeNodes} their shape, {@link dev.torc.cluster.storage.RecordHash} what is in them
 * <li>{@link dev.torc.cluster.storage.SiblingLimits} how many concurrent values a key may have
 * </ul>
 */
package dev.torc.cluster.storage;
