package dev.torc.verticles.loop;

/**
 * The bounds on what is large, over all event loops of a node.
 *
 * @param commands that clients send, whole or half
 * @param replies that clients are to read
 * @param fromPeers unfinished messages of other nodes
 * @param toPeers large messages that wait to leave
 * @param sizes what reads are expected to bring
 */
public record NodeMemory(ByteBudget commands, ByteBudget replies, ByteBudget fromPeers, ByteBudget toPeers,
    ValueSizes sizes) {}
