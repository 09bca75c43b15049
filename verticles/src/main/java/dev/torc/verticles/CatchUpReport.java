package dev.torc.verticles;

import dev.torc.cluster.recovery.CatchUpState;
import dev.torc.verticles.loop.UpkeepFigures;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps how far a node is with catching up where its figures are, and writes a line when that begins, waits and ends. */
final class CatchUpReport implements Consumer<CatchUpState> {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpReport.class);

  private final UpkeepFigures figures;

  CatchUpReport(UpkeepFigures figures) {
    this.figures = figures;
  }

  @Override
  public void accept(CatchUpState now) {
    var before = figures.catchUp();
    if (before.pending() == 0 && now.pending() > 0) {
      LOG.warn(
          "this replica may have lost writes that it acknowledged; {} of its {} slots do not count in read quorums until they have caught up",
          now.pending(), now.slots());
    } else if (before.pending() > 0 && now.pending() == 0) {
      LOG.info("caught up: {} records were looked at, every slot counts again", now.records());
    }
    if (now.isWaiting() && !before.isWaiting()) {
      LOG.warn("catching up waits: too few of the other replicas can be reached");
    }
    figures.onCatchUp(now);
  }
}
