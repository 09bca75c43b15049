/**
 * Who is a member and who is up. To come: accrual detection in the place of {@link dev.torc.cluster.membership.Freshness}, monitors and suspicion.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.membership.Gossiper}: the machine; ticks and datagrams in, effects out
 * <li>{@link dev.torc.cluster.membership.GossipConfig}: its figures
 * <li>{@link dev.torc.cluster.membership.GossipEffect}: what it asks of its shell
 * <li>{@link dev.torc.cluster.membership.Address}: where a node listens
 * <li>{@link dev.torc.cluster.membership.MemberTable}: all members as one node knows them, merged by one rule
 * <li>{@link dev.torc.cluster.membership.Announcements}: what the outside was told of it
 * <li>{@link dev.torc.cluster.membership.Founding}: how the first nodes agree that they are a cluster
 * <li>{@link dev.torc.cluster.membership.Freshness}: who was heard of lately
 * <li>{@link dev.torc.cluster.membership.ClockWatch}: whether this node's clock is near its peers'
 * <li>{@link dev.torc.cluster.membership.Rumours}: what changed of late and how often it has been told
 * <li>{@link dev.torc.cluster.membership.Targets}: to whom a round goes
 * <li>{@link dev.torc.cluster.membership.PolicyGossip}: how the policies of key prefixes become the same everywhere
 * <li>{@link dev.torc.cluster.membership.Composer}: fills datagrams by measure
 * </ul>
 */
package dev.torc.cluster.membership;
