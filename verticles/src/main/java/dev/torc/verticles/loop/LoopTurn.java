package dev.torc.verticles.loop;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts off to the end of an event loop's turn what is cheaper done once for many: handing steps to storage, writing to sockets. A turn reads all sockets
 * that are ready; what they asked for leaves together.
 */
public final class LoopTurn {
  private final Context context;
  private List<Runnable> tasks = new ArrayList<>();
  private List<Runnable> spare = new ArrayList<>();
  private boolean scheduled;

  public LoopTurn(Context context) {
    this.context = context;
  }

  /** Runs the task once this turn's events are handled. The caller sees to it that it is not asked for twice. */
  public void atEnd(Runnable task) {
    tasks.add(task);
    if (!scheduled) {
      scheduled = true;
      context.runOnContext(nothing -> {
        scheduled = false;
        finish();
      });
    }
  }

  /** The turn is over already: a batch was handled whole. */
  public void finish() {
    while (!tasks.isEmpty()) {
      var due = tasks;
      tasks = spare;
      due.forEach(Runnable::run);
      due.clear();
      spare = due;
    }
  }
}
