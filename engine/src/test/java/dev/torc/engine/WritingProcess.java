package dev.torc.engine;

import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A process for {@link KillTest} to kill: writes without end, and says on its standard output what was acknowledged, as {@code key actor}. */
final class WritingProcess {
  private static final int BATCH = 20;

  private WritingProcess() {}

  public static void main(String[] arguments) {
    var host = EngineHost.ofThisMachine(
        () -> new Moment(System.nanoTime() / 1_000_000, System.currentTimeMillis()), new SecureRandom(), broken -> {});
    var engine = RocksEngine.open(Scratch.config(Path.of(arguments[0])), host);
    var shard = engine.shards().getFirst();
    for (int i = 0;; i += BATCH) {
      var steps = new ArrayList<StoreStep>();
      for (int j = i; j < i + BATCH; j++) {
        steps.add(Scratch.put("k" + j, "v" + j));
      }
      int first = i;
      while (!shard.submit(new StepBatch(steps, answers -> say(first, answers, System.out)))) {
        Thread.onSpinWait();
      }
    }
  }

  private static void say(int first, List<?> answers, PrintStream out) {
    for (int i = 0; i < answers.size(); i++) {
      out.println("k" + (first + i) + " " + ((Stored) answers.get(i)).dot().actor());
    }
    out.flush();
  }
}
