package dev.torc.cluster.message;

import dev.torc.cluster.ring.NodeId;
import java.util.Objects;

/**
 * One monitor's vote that a member has died: nobody that it asked could reach it any more. Refuted by any later heartbeat of that generation, and by any
 * later generation.
 *
 * @param heartbeat the last that the observer knows of, within the generation
 */
public record Suspicion(NodeId suspect, long generation, long heartbeat, NodeId observer) {

  public Suspicion {
    Objects.requireNonNull(suspect);
    Objects.requireNonNull(observer);
    if (generation < 0 || heartbeat < 0) {
      throw new IllegalArgumentException("a negative counter in a suspicion of " + suspect);
    }
  }
}
