package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.loop.ByteBudget;
import dev.torc.verticles.loop.ValueSizes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a connection's large replies hold of the node's memory, from before the value is read until the client has it. */
final class ReplyHold {
  private record Waiting(long bytes, Runnable start) {}

  /** Read here, and by way of a peer or to bring one up. */
  private static final long COPIES = 2;

  private final ByteBudget budget;
  private final ByteBudget.Share share;
  private final ValueSizes sizes;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long expectedBytes;
  private long unsentBytes;
  private boolean leaving;
  private boolean closed;

  ReplyHold(ByteBudget budget, ValueSizes sizes, Runnable onGranted) {
    this.budget = budget;
    this.sizes = sizes;
    this.share = budget.share(onGranted);
  }

  /** About what a read of these keys takes on its way; 0 if it is not large. */
  long expected(List<Bytes> keys) {
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      bytes += sizes.expected(keys.get(i));
    }
    return Math.min(COPIES * bytes, budget.limitBytes());
  }

  static long bytesOf(RespValue reply) {
    return switch (reply) {
      case RespValue.Bulk bulk -> bulk.bytes().size();
      case RespValue.Array array -> array.items().stream().mapToLong(ReplyHold::bytesOf).sum();
      case RespValue.MapReply map -> map.keysAndValues().stream().mapToLong(ReplyHold::bytesOf).sum();
      default -> 0;
    };
  }

  /** Runs it now, or when there is room for what it reads; not at all once the client has gone. */
  void start(long bytes, Runnable start) {
    if (bytes == 0) {
      start.run();
      return;
    }
    if (!closed) {
      waiting.add(new Waiting(bytes, start));
      startWaiting();
    }
  }

  /** Room was granted, or has become free. */
  void startWaiting() {
    while (!waiting.isEmpty()) {
      long bytes = waiting.peek().bytes;
      if (!share.raise(heldBytes() + bytes, expectedBytes == 0 && !leaving && share.held() > 0)) {
        return;
      }
      expectedBytes += bytes;
      waiting.poll().start.run();
    }
  }

  /** What is being read, or is about to be. */
  long expectedBytes() {
    return expectedBytes;
  }

  boolean waits() {
    return !waiting.isEmpty();
  }

  /** @param bytes as expected when it began */
  void onRead(long bytes) {
    expectedBytes -= bytes;
  }

  /**
   * @param unsent bytes of replies that are known and not sent
   * @param isLeaving whether the client is being sent some of them
   */
  void onUnsent(long unsent, boolean isLeaving) {
    leaving = isLeaving;
    long large = unsent > ByteBudget.LARGE_BYTES ? unsent : 0;
    if (large == unsentBytes && large == 0 && expectedBytes == 0 && share.held() == 0) {
      return;
    }
    unsentBytes = large;
    share.become(heldBytes());
    startWaiting();
  }

  boolean holds() {
    return unsentBytes > 0;
  }

  /** Others wait for memory, and this connection holds some. */
  boolean isInTheWay() {
    return unsentBytes > 0 && budget.waiting() > 0;
  }

  void close() {
    closed = true;
    waiting.clear();
    share.close();
  }

  private long heldBytes() {
    return expectedBytes + unsentBytes;
  }
}
