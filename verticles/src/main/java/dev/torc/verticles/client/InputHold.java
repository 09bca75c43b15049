package dev.torc.verticles.client;

import dev.torc.protocol.resp.ProtocolException;
import dev.torc.protocol.resp.RespDecoder;
import dev.torc.verticles.loop.ByteBudget;

/**
 * What a connection's large commands hold of the node's memory: the one that is still coming, and those that are under way. Each is counted four
 * times, for that is what a value comes to on its way: received, stored, and copied for two other replicas.
 */
final class InputHold {
  private static final long COPIES = 4;

  private final ByteBudget budget;
  private final ByteBudget.Share share;
  private long comingBytes;
  private long underWayBytes;
  private boolean waits;

  InputHold(ByteBudget budget, Runnable onGranted) {
    this.budget = budget;
    this.share = budget.share(onGranted);
  }

  /** The connection may take no more bytes for now. */
  boolean waits() {
    return waits;
  }

  /**
   * After each piece of a command that is not complete.
   *
   * @throws ProtocolException if it is too large ever to be taken
   */
  void onPartial(RespDecoder decoder) {
    if (decoder.bufferedBytes() <= ByteBudget.LARGE_BYTES) {
      return;
    }
    if (2 * decoder.announcedBytes() > budget.limitBytes()) {
      throw ProtocolException.of("command of more than " + budget.limitBytes() / 2 + " bytes");
    }
    long coming = COPIES * Math.max(decoder.bufferedBytes(), decoder.announcedBytes());
    comingBytes = Math.max(comingBytes, Math.min(coming, budget.limitBytes()));
    waits = !share.raise(underWayBytes + comingBytes, underWayBytes == 0 && share.held() > 0);
  }

  void onGranted() {
    waits = false;
  }

  /** The command that was coming is complete; the bytes to give back once it is answered. */
  long onCommand() {
    long bytes = comingBytes;
    underWayBytes += bytes;
    comingBytes = 0;
    return bytes;
  }

  void onAnswered(long bytes) {
    underWayBytes -= bytes;
    share.become(Math.min(share.held(), underWayBytes + comingBytes));
  }

  void close() {
    share.close();
  }
}
