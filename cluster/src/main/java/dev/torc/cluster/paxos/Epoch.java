package dev.torc.cluster.paxos;

/**
 * Among whom a round is held. Nodes that differ in it refuse each other's rounds, since their majorities need not meet.
 *
 * @param ring the digest of the ring
 * @param replicas N of the key
 */
public record Epoch(long ring, int replicas) {}
