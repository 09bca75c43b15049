package dev.torc.engine;

import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads and writes the slots of a shard, so that nothing on a request's path takes a lock.
 * Event loops put batches into its queue; it takes all that wait, up to a bound, performs them as one (one multi-get, one commit, one fsync where asked) and calls each batch back. The busier it is,
 * the larger its batches and the cheaper each step. Between batches it sweeps expired values and reads what is to be read anew.
 *
 * <p>What no request waits for has a queue of its own, from which one batch at a time is taken when there are no requests, or none of them has been taken for a while: so a request waits for one such
 * batch at most, however many there are.
 */
public final class StorageShard {
  private static final Logger LOG = LoggerFactory.getLogger(StorageShard.class);
  private static final int MAX_STEPS = 4_096;
  private static final long MAX_BYTES = 16 << 20;
  /** Beside requests without end the others have so much of the time at least: a batch each. */
  private static final long BACKGROUND_EVERY_MILLIS = 10;

  private final RocksReplicaStore store;
  private final EngineHost host;
  private final int maxQueuedSteps;
  private final long maxQueuedBytes;
  private final ExpirySweep sweep;
  private final SlotReading reading;
  private final Thread worker;
  private final ConcurrentLinkedQueue<StepBatch> queue = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<StepBatch> background = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queuedSteps = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean parked = new AtomicBoolean();
  private final ArrayDeque<StepBatch> taken = new ArrayDeque<>();
  private long backgroundDueMillis;
  private volatile boolean stopping;
  private volatile boolean broken;

  StorageShard(int number, RocksReplicaStore store, EngineHost host, EngineConfig limits) {
    this.store = store;
    this.host = host;
    this.maxQueuedSteps = limits.maxQueuedSteps();
    this.maxQueuedBytes = limits.maxQueuedBytes();
    this.sweep = new ExpirySweep(store, host.time());
    this.reading = new SlotReading(store, host.time(), limits.rebuildEveryMillis());
    this.backgroundDueMillis = host.time().get().steadyMillis() + BACKGROUND_EVERY_MILLIS;
    this.worker = new Thread(this::run, "torc-shard-" + number);
  }

  void start() {
    worker.start();
  }

  /** Called by any thread. False if too much waits already, or the shard has stopped: then nothing of the batch is done and nobody is called. */
  public boolean submit(StepBatch batch) {
    int steps = batch.steps().size();
    int before = queuedSteps.getAndAdd(steps);
    long bytes = queuedBytes.addAndGet(batch.bytes());
    if (stopping || before != 0 && (before + steps > maxQueuedSteps || batch.bytes() > 0 && bytes > maxQueuedBytes)) {
      queuedBytes.addAndGet(-batch.bytes());
      queuedSteps.addAndGet(-steps);
      return false;
    }
    (batch.isBackground() ? background : queue).add(batch);
    if (parked.get() && parked.compareAndSet(true, false)) {
      LockSupport.unpark(worker);
    }
    return true;
  }

  /** Steps that wait or are being performed. */
  public int queuedSteps() {
    return queuedSteps.get();
  }

  /** Performs what waits, then ends. No batch that was accepted goes without its answers. */
  void stop() throws InterruptedException {
    stopping = true;
    LockSupport.unpark(worker);
    worker.join();
    store.close();
  }

  /** After {@link #stop}. */
  long clock() {
    return store.clock().last();
  }

  boolean isBroken() { return broken; }

  /** Called now and then: something may be left to read, or to be read anew because the database was opened again. */
  void readAgain() {
    reading.again();
  }

  private void run() {
    try {
      while (!stopping || queuedSteps.get() > 0) {
        boolean busy = takeBatches();
        if (busy) {
          performTaken();
        }
        boolean more = performBackground(busy) | sweep.onTurn(busy);
        if (!reading.onTurn(busy) && !busy && !more) {
          park();
        }
      }
    } catch (RuntimeException | Error cause) {
      onBroken(cause);
    }
  }

  private boolean takeBatches() {
    int steps = 0;
    long bytes = 0;
    while (steps < MAX_STEPS && bytes < MAX_BYTES) {
      var batch = queue.poll();
      if (batch == null) {
        break;
      }
      taken.add(batch);
      steps += batch.steps().size();
      bytes += batch.bytes();
    }
    return !taken.isEmpty();
  }

  /** Whether there was something. */
  private boolean performBackground(boolean besideRequests) {
    long now = host.time().get().steadyMillis();
    if (background.isEmpty() || besideRequests && now < backgroundDueMillis) {
      backgroundDueMillis = background.isEmpty() ? now + BACKGROUND_EVERY_MILLIS : backgroundDueMillis;
      return false;
    }
    taken.add(background.poll());
    performTaken();
    backgroundDueMillis = host.time().get().steadyMillis() + BACKGROUND_EVERY_MILLIS;
    return true;
  }

  private void performTaken() {
    boolean alone = taken.size() == 1;
    var answers = store.perform(alone ? taken.getFirst().steps() : allSteps(), host.time().get());
    int from = 0;
    long bytes = 0;
    while (!taken.isEmpty()) {
      var batch = taken.removeFirst();
      int to = from + batch.steps().size();
      batch.onAnswers().accept(alone ? answers : answers.subList(from, to));
      from = to;
      bytes += batch.bytes();
    }
    queuedBytes.addAndGet(-bytes);
    queuedSteps.addAndGet(-from);
  }

  private List<StoreStep> allSteps() {
    var all = new ArrayList<StoreStep>();
    for (var batch : taken) {
      all.addAll(batch.steps());
    }
    return all;
  }

  private void park() {
    parked.set(true);
    if (queue.isEmpty() && background.isEmpty() && !stopping) {
      LockSupport.parkNanos(this, ExpirySweep.EVERY_MILLIS * 1_000_000);
    }
    parked.set(false);
  }

  /** Nothing that this shard believes can be relied on: whoever waits is told so, and the node stops. */
  private void onBroken(Throwable cause) {
    LOG.error("a storage shard met what cannot be", cause);
    broken = true;
    stopping = true;
    host.onBroken().accept(cause);
    queue.forEach(taken::add);
    background.forEach(taken::add);
    for (var batch : taken) {
      StoreAnswer failed = new StoreAnswer.Failed(StoreAnswer.Cause.DISK, "the store has stopped: " + cause);
      batch.onAnswers().accept(batch.steps().stream().map(step -> failed).toList());
    }
  }
}
