package dev.torc.cluster.upkeep;

import dev.torc.cluster.storage.StoreAnswer;

/** What is to be done with the answer to an errand. Called once, whatever becomes of it. */
public interface Answered {

  /** @param answer {@link StoreAnswer.Failed} of cause {@code LOST} if none came: then the step may or may not have been performed */
  void on(StoreAnswer answer, Errands errands);
}
