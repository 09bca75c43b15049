package dev.torc.verticles.loop;

import dev.torc.cluster.recovery.CatchUpState;

/** How the background work of a node goes, as its chores told last; for all threads. */
public final class UpkeepFigures {
  private volatile CatchUpState catchUp = CatchUpState.NONE;

  public CatchUpState catchUp() {
    return catchUp;
  }

  public void onCatchUp(CatchUpState state) {
    catchUp = state;
  }
}
