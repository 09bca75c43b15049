package dev.torc.engine;

import static dev.torc.engine.Scratch.fetch;
import static dev.torc.engine.Scratch.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no request waits for, beside requests. */
@Timeout(60)
class BackgroundTest {
  @TempDir
  private Path directory;
  private final AtomicLong millis = new AtomicLong(1_000);
  private final EngineHost host = new EngineHost(() -> new Moment(millis.get(), Scratch.NOW.wallMillis()),
      new SecureRandom(), Scratch.BOOT, broken -> {});
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @Test
  void requestsGoBeforeItAndWaitForOneBatchOfItAtMost() throws Exception {
    try (var engine = RocksEngine.open(Scratch.config(directory), host)) {
      var shard = engine.shards().getFirst();
      var blocked = new CountDownLatch(1);
      var entered = new CountDownLatch(1);
      shard.submit(request(() -> {
        entered.countDown();
        await(blocked);
      }));
      await(entered);
      var last = new CompletableFuture<Void>();
      shard.submit(background(() -> {
        done.add("background 1");
        shard.submit(request(() -> done.add("request 3")));
      }));
      shard.submit(background(() -> {
        done.add("background 2");
        last.complete(null);
      }));
      shard.submit(request(() -> done.add("request 1")));
      shard.submit(request(() -> done.add("request 2")));
      blocked.countDown();
      last.get(30, TimeUnit.SECONDS);
    }
    assertThat(done).containsExactly("request 1", "request 2", "background 1", "request 3", "background 2");
  }

  @Test
  void requestsWithoutEndDoNotStarveIt() throws Exception {
    try (var engine = RocksEngine.open(Scratch.config(directory), host)) {
      var shard = engine.shards().getFirst();
      var over = new CompletableFuture<Void>();
      shard.submit(request(() -> requestOnAndOn(shard, over)));
      for (int i = 0; i < 20; i++) {
        shard.submit(background(() -> done.add("background")));
      }
      shard.submit(background(() -> over.complete(null)));
      over.get(30, TimeUnit.SECONDS);
    }
    assertThat(done).hasSize(20);
  }

  private void requestOnAndOn(StorageShard shard, CompletableFuture<Void> over) {
    millis.incrementAndGet();
    if (!over.isDone()) {
      shard.submit(request(() -> requestOnAndOn(shard, over)));
    }
  }

  private static StepBatch request(Runnable then) {
    return new StepBatch(List.of(fetch("a")), answers -> then.run());
  }

  private static StepBatch background(Runnable then) {
    List<StoreStep> steps = List.of(put("a", "1"));
    return new StepBatch(steps, 1, true, answers -> then.run());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException hurried) {
      throw new AssertionError(hurried);
    }
  }
}
