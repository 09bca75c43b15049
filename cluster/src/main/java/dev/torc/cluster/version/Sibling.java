package dev.torc.cluster.version;

/** One of the concurrent contents of a key, under the dot of the write that made it. */
public record Sibling(Dot dot, Content content) {}
