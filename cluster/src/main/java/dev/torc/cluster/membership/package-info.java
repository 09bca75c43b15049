/**
 * Who is a member and who is up.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.membership.Gossiper}: the machine; ticks and datagrams in, effects out
 * <li>{@link dev.torc.cluster.membership.GossipConfig}, {@link dev.torc.cluster.membership.DetectionConfig}: its figures
 * <li>{@link dev.torc.cluster.membership.GossipEffect}: what it asks of its shell
 * <li>{@link dev.torc.cluster.membership.Address}: where a node listens
 * <li>{@link dev.torc.cluster.membership.MemberTable}: all members as one node knows them, merged by one rule
 * <li>{@link dev.torc.cluster.membership.IdTable}: values by node id
 * <li>{@link dev.torc.cluster.membership.Announcements}: what the outside was told of it
 * <li>{@link dev.torc.cluster.membership.Founding}: how the first nodes agree that they are a cluster
 * <li>{@link dev.torc.cluster.membership.Rounds}: what is sent at each interval
 * <li>{@link dev.torc.cluster.membership.Targets}, {@link dev.torc.cluster.membership.RandomOrder}: to whom
 * <li>{@link dev.torc.cluster.membership.Conversation}: what is answered to each message
 * <li>{@link dev.torc.cluster.membership.Composer}: fills datagrams by measure
 * <li>{@link dev.torc.cluster.membership.Learning}: what comes of what is heard
 * <li>{@link dev.torc.cluster.membership.Turn}: one event's time and effects
 * <li>{@link dev.torc.cluster.membership.News}, {@link dev.torc.cluster.membership.Rumours}: what changed of late and how often it has been told
 * <li>{@link dev.torc.cluster.membership.Reconciliation}: when all is fetched over TCP
 * <li>{@link dev.torc.cluster.membership.Detector}: who is up, unreached or down
 * <li>{@link dev.torc.cluster.membership.PhiAccrual}: how unlikely a silence is
 * <li>{@link dev.torc.cluster.membership.Rhythm}: how often heartbeats come at best
 * <li>{@link dev.torc.cluster.membership.Peer}: what the detector remembers of one
 * <li>{@link dev.torc.cluster.membership.Monitors}: who watches whom
 * <li>{@link dev.torc.cluster.membership.Suspicions}: the votes that stand
 * <li>{@link dev.torc.cluster.membership.OwnPauses}: when this node has reason to doubt itself
 * <li>{@link dev.torc.cluster.membership.HealthReport}, {@link dev.torc.cluster.membership.PeerHealth}: all that, for people
 * <li>{@link dev.torc.cluster.membership.ClockWatch}: whether this node's clock is near its peers'
 * <li>{@link dev.torc.cluster.membership.PolicyGossip}: how the policies of key prefixes become the same everywhere
 * </ul>
 */
package dev.torc.cluster.membership;
