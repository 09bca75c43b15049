package dev.torc.cluster.wire;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Messages on their way to one peer, and the order in which their bytes leave. Small ones leave at once, as many as fit together, one after another in the
 * order in which they were offered; a large one is cut into chunks, and between two chunks whatever small is waiting passes, so that a value of 10 MB
 * does not hold up everybody else's requests. Bounded: what is over the limit is refused, and the caller says so to whoever waits.
 *
 * <pre>
 * frame = length of what follows (4) kind (1) [stream (4)] bytes        kind: 0 a whole message, 1 a chunk, 2 the last chunk
 * </pre>
 */
public final class FrameQueue {
  static final int WHOLE = 0;
  static final int CHUNK = 1;
  static final int LAST_CHUNK = 2;

  private final int chunkBytes;
  private final long limitBytes;
  private final ByteWriter small = new ByteWriter(4096);
  private final Deque<Stream> large = new ArrayDeque<>();
  private long waitingBytes;
  private int nextStream;

  /** @param limitBytes of all waiting messages together */
  public FrameQueue(int chunkBytes, long limitBytes) {
    this.chunkBytes = chunkBytes;
    this.limitBytes = limitBytes;
  }

  /** Whether the message was taken. */
  public boolean offer(byte[] message) {
    if (waitingBytes + message.length > limitBytes) {
      return false;
    }
    waitingBytes += message.length;
    if (message.length <= chunkBytes) {
      small.i32(message.length + 1).u8(WHOLE).raw(message, 0, message.length);
    } else {
      large.add(new Stream(nextStream++, message));
    }
    return true;
  }

  public boolean isEmpty() { return small.size() == 0 && large.isEmpty(); }

  public long waitingBytes() {
    return waitingBytes;
  }

  /** What is to be written next: all small messages, and a chunk of the large one whose turn it is. Empty if nothing waits. */
  public byte[] next() {
    if (!large.isEmpty()) {
      var stream = large.poll();
      int length = Math.min(chunkBytes, stream.message.length - stream.sent);
      boolean last = stream.sent + length == stream.message.length;
      small.i32(length + 5).u8(last ? LAST_CHUNK : CHUNK).i32(stream.id).raw(stream.message, stream.sent, length);
      stream.sent += length;
      if (!last) {
        large.add(stream);
      }
    }
    var bytes = small.toArray();
    small.clear();
    waitingBytes = 0;
    for (var stream : large) {
      waitingBytes += stream.message.length;
    }
    return bytes;
  }

  private static final class Stream {
    private final int id;
    private final byte[] message;
    private int sent;

    private Stream(int id, byte[] message) {
      this.id = id;
      this.message = message;
    }
  }
}
