/**
 * What clients, nodes and the core say to each other, as values.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.message.Request}: what a client asks of its coordinator
 * <li>{@link dev.torc.cluster.message.Outcome}: how that ended
 * <li>{@link dev.torc.cluster.message.Terms}: at which level, of how many replicas, within which time
 * <li>{@link dev.torc.cluster.message.ReadBound}: what a read's answer must not be older than
 * <li>{@link dev.torc.cluster.message.PeerMessage}: by TCP, between coordinators and replicas
 * <li>{@link dev.torc.cluster.message.GossipMessage}: by UDP, between all
 * <li>{@link dev.torc.cluster.message.Member}: a member's entry
 * <li>{@link dev.torc.cluster.message.MemberState}: founding, normal, left
 * <li>{@link dev.torc.cluster.message.MemberDigest}: how much is known of a member, in some twenty bytes
 * <li>{@link dev.torc.cluster.message.Suspicion}: a monitor's vote that a member has died
 * <li>{@link dev.torc.cluster.message.Load}: keys, disk, start; for people
 * </ul>
 */
package dev.torc.cluster.message;
