package dev.torc.cluster.ring;

import java.util.Objects;

/** One token and the node that owns it. A node of weight {@code w} has {@code 160 × w} of them. */
public record Vnode(Token token, NodeId node) {

  public Vnode {
    Objects.requireNonNull(token);
    Objects.requireNonNull(node);
  }
}
