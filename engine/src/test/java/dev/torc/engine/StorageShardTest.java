package dev.torc.engine;

import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.fetch;
import static dev.torc.engine.Scratch.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreAnswer.Counted;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StorageShardTest {
  @TempDir
  private Path directory;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private final EngineHost host = new EngineHost(() -> NOW, new SecureRandom(), Scratch.BOOT, broken::complete);

  @Test
  void eachBatchIsCalledBackOnceWithItsOwnAnswers() throws Exception {
    var callbacks = new AtomicInteger();
    try (var engine = RocksEngine.open(Scratch.config(directory), host)) {
      var shard = engine.shards().getFirst();
      var waiting = new ArrayList<CompletableFuture<List<StoreAnswer>>>();
      for (int i = 0; i < 500; i++) {
        var answers = new CompletableFuture<List<StoreAnswer>>();
        waiting.add(answers);
        assertThat(shard.submit(new StepBatch(List.of(put("k" + i, "" + i), fetch("k" + i)), given -> {
          callbacks.incrementAndGet();
          answers.complete(List.copyOf(given));
        }))).isTrue();
      }
      for (int i = 0; i < 500; i++) {
        var answers = waiting.get(i).get(30, TimeUnit.SECONDS);
        assertThat(answers).hasSize(2);
        assertThat(((Stored) answers.getFirst()).record()).isEqualTo(((Held) answers.getLast()).record());
      }
    }
    assertThat(callbacks).hasValue(500);
  }

  @Test
  void aQueueIsFullOfBytesToo() throws Exception {
    var config = Scratch.config(directory).withMaxQueuedBytes(10);
    try (var engine = RocksEngine.open(config, host)) {
      var shard = engine.shards().getFirst();
      var blocked = new CountDownLatch(1);
      var entered = new CountDownLatch(1);
      shard.submit(new StepBatch(List.of(put("a", "123456")), answers -> {
        entered.countDown();
        await(blocked);
      }));
      await(entered);
      assertThat(shard.submit(new StepBatch(List.of(put("b", "123456")), answers -> {}))).isFalse();
      assertThat(shard.submit(new StepBatch(List.of(fetch("a"), put("b", "1234")), answers -> {}))).isTrue();
      assertThat(shard.submit(new StepBatch(List.of(fetch("b")), answers -> {}))).as("a read carries nothing").isTrue();
      blocked.countDown();
      answer(shard, List.of(fetch("b")));
      answer(shard, List.of(put("c", "12345678901")));
    }
  }

  @Test
  void manyLargeRecordsOfOneBatchAreReadInRunsAndAnsweredInOrder() throws Exception {
    try (var engine = RocksEngine.open(Scratch.config(directory), host)) {
      var shard = engine.shards().getFirst();
      var fetches = new ArrayList<StoreStep>();
      for (int i = 0; i < 30; i++) {
        answer(shard, List.of(put("k" + i, i + "v".repeat(3 << 20))));
        fetches.add(fetch("k" + i));
        fetches.add(put("small", "" + i));
      }
      fetches.add(fetch("small"));
      var answers = answer(shard, fetches);
      assertThat(answers).hasSize(61);
      for (int i = 0; i < 30; i++) {
        var held = (StoreAnswer.Held) answers.get(2 * i);
        assertThat(held.record().valueBytes()).isEqualTo((3 << 20) + ("" + i).length());
      }
      var last = (StoreAnswer.Held) answers.getLast();
      assertThat(last.record().siblings().getLast().content().value().text()).isEqualTo("29");
    }
  }

  @Test
  void aFullQueueRefusesAndAcceptsAgainWhenItHasDrained() throws Exception {
    var config = Scratch.config(directory).withMaxQueuedSteps(10);
    try (var engine = RocksEngine.open(config, host)) {
      var shard = engine.shards().getFirst();
      var blocked = new CountDownLatch(1);
      var entered = new CountDownLatch(1);
      shard.submit(new StepBatch(List.of(fetch("a")), answers -> {
        entered.countDown();
        await(blocked);
      }));
      await(entered);
      int accepted = 0;
      var drained = new CompletableFuture<Void>();
      while (shard.submit(new StepBatch(List.of(fetch("a")), answers -> drained.complete(null)))) {
        accepted++;
      }
      assertThat(accepted).isEqualTo(9);
      assertThat(shard.queuedSteps()).isEqualTo(10);
      blocked.countDown();
      drained.get(30, TimeUnit.SECONDS);
      answer(shard, List.of(fetch("a")));
    }
  }

  @Test
  void aBatchLargerThanTheQueueIsTakenWhenNothingElseWaits() throws Exception {
    try (var engine = RocksEngine.open(Scratch.config(directory).withMaxQueuedSteps(2), host)) {
      var steps = List.of(fetch("a"), fetch("b"), fetch("c"));
      assertThat(answer(engine.shards().getFirst(), steps)).hasSize(3);
    }
  }

  @Test
  void aStopPerformsWhatWaitsAndTakesNoMore() throws Exception {
    var answered = new AtomicInteger();
    var engine = RocksEngine.open(Scratch.config(directory), host);
    var shard = engine.shards().getFirst();
    for (int i = 0; i < 200; i++) {
      shard.submit(new StepBatch(List.of(put("k" + i, "v")), answers -> answered.incrementAndGet()));
    }
    engine.close();
    assertThat(answered).hasValue(200);
    assertThat(shard.submit(new StepBatch(List.of(fetch("a")), answers -> answered.incrementAndGet()))).isFalse();
    try (var again = RocksEngine.open(Scratch.config(directory), host)) {
      var counted = answer(again.shards().getFirst(), List.of(new StoreStep.Count(ALL))).getFirst();
      assertThat(counted).isEqualTo(new Counted(200));
    }
  }

  @Test
  void aBrokenInvariantStopsTheShardAndIsTold() throws Exception {
    var impossible = new StoreStep.Put(Key.of(Bytes.of("a")), Content.of(Bytes.of("1")), Causality.BLIND, 0);
    var time = new AtomicReference<RuntimeException>();
    var failing = new EngineHost(() -> {
      if (time.get() != null) {
        throw time.get();
      }
      return NOW;
    }, new SecureRandom(), Scratch.BOOT, broken::complete);
    try (var engine = RocksEngine.open(Scratch.config(directory), failing)) {
      var cause = new IllegalStateException("time stands on its head");
      time.set(cause);
      var answers = new CompletableFuture<List<StoreAnswer>>();
      if (engine.shards().getFirst().submit(new StepBatch(List.of(impossible), answers::complete))) {
        assertThat(answers.get(30, TimeUnit.SECONDS).getFirst()).isInstanceOf(Failed.class);
      }
      assertThat(broken.get(30, TimeUnit.SECONDS)).isSameAs(cause);
    }
  }

  @Test
  void severalShardsServeTheirOwnSlotsAndAnyOfThemScansAndCountsAll() throws Exception {
    var config = Scratch.config(directory).withShards(4);
    try (var engine = RocksEngine.open(config, host)) {
      for (int i = 0; i < 100; i++) {
        var step = (StoreStep.Put) put("k" + i, "v");
        answer(engine.shardOf(step.key().slot()), List.of(step));
      }
      for (var shard : engine.shards()) {
        var answers = answer(shard, List.of(new StoreStep.Count(ALL),
            new StoreStep.Scan(ALL, ScanPoint.START, 1_000)));
        assertThat(answers.getFirst()).isEqualTo(new Counted(100));
        assertThat(((StoreAnswer.Page) answers.getLast()).keys()).hasSize(100);
      }
      assertThat(engine.figures().steps()).isEqualTo(108);
      assertThat(engine.figures().disk()).isEqualTo(DiskState.OK);
      assertThat(engine.figures().memtableBytes()).isPositive();
      assertThat(engine.refusal()).isEmpty();
    }
    assertThatThrownBy(() -> config.withShards(5)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final List<SlotRange> ALL = List.of(new SlotRange(0, Slot.COUNT - 1));

  private static List<StoreAnswer> answer(StorageShard shard, List<StoreStep> steps) throws Exception {
    var answers = new CompletableFuture<List<StoreAnswer>>();
    while (!shard.submit(new StepBatch(steps, answers::complete))) {
      Thread.onSpinWait();
    }
    return answers.get(30, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException hurried) {
      throw new AssertionError(hurried);
    }
  }
}
