/**
 * Which nodes hold which key: a pure function of the members.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.ring.Slot}: the 16,384 partitions of the key space, numbered as Redis does
 * <li>{@link dev.torc.cluster.ring.SlotRange}: neighbouring slots
 * <li>{@link dev.torc.cluster.ring.SlotSet}: some of the slots; {@link dev.torc.cluster.ring.SharedSlots}: those that a node holds together with another
 * <li>{@link dev.torc.cluster.ring.NodeId}: a node's identity, 64 random bits
 * <li>{@link dev.torc.cluster.ring.Token}: a position on the ring, 128 bits
 * <li>{@link dev.torc.cluster.ring.Vnode}: a token and its owner
 * <li>{@link dev.torc.cluster.ring.PositionTable}: the 160 tokens of each position, placed so that shares are even
 * <li>{@link dev.torc.cluster.ring.RingMember}: a node as the ring sees it: id, position, weight, zone, data centre
 * <li>{@link dev.torc.cluster.ring.Walk}: the sorted vnodes and the walks over them, zones first
 * <li>{@link dev.torc.cluster.ring.Ring}: the ring of one topology, immutable, every preference list computed
 * <li>{@link dev.torc.cluster.ring.PreferenceList}: the N nodes that hold a slot
 * </ul>
 */
package dev.torc.cluster.ring;
