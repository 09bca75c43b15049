package dev.torc.cluster.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes messages of the bytes that come from a peer, in the form of {@link FrameQueue}. Holds what has come of unfinished ones, never more than the
 * limit, and takes no memory for what is only announced.
 */
public final class FrameAssembler {
  private static final byte[] NOTHING = new byte[0];
  private static final int MAX_STREAMS = 1024;
  private final int maxFrameBytes;
  private final long limitBytes;
  private final TreeMap<Integer, ByteWriter> streams = new TreeMap<>();
  private byte[] pending = NOTHING;
  /** Whether pending was made here and has room, or is what the socket gave. */
  private boolean isOwn;
  private int start;
  private int end;
  private long streamBytes;

  /**
   * @param maxFrameBytes a single frame's length, the chunk size with some room
   * @param limitBytes of all unfinished messages together
   */
  public FrameAssembler(int maxFrameBytes, long limitBytes) {
    this.maxFrameBytes = maxFrameBytes;
    this.limitBytes = limitBytes;
  }

  /**
   * The messages that these bytes complete, in order.
   *
   * @throws MalformedException if they are no frames, or too much; nothing more can be read from this peer then
   */
  public List<byte[]> feed(byte[] bytes) {
    append(bytes);
    var complete = new ArrayList<byte[]>();
    while (end - start >= 4) {
      int length = new ByteReader(pending, start, end).i32();
      if (length < 1 || length > maxFrameBytes) {
        throw new MalformedException("a frame of " + length + " bytes, at most " + maxFrameBytes + " are allowed");
      }
      if (end - start - 4 < length) {
        break;
      }
      onFrame(start + 4, start + 4 + length, complete);
      start += 4 + length;
    }
    if (start == end) {
      pending = NOTHING;
      isOwn = false;
      start = 0;
      end = 0;
    }
    return complete;
  }

  /** Bytes that are held of unfinished messages. */
  public long unfinishedBytes() {
    return streamBytes;
  }

  private void append(byte[] bytes) {
    if (start == end) {
      pending = bytes;
      isOwn = false;
      start = 0;
      end = bytes.length;
      return;
    }
    int rest = end - start;
    if (!isOwn || pending.length - end < bytes.length) {
      boolean fits = isOwn && pending.length >= rest + bytes.length;
      var target = fits ? pending : new byte[Math.max(2 * rest, rest + bytes.length)];
      System.arraycopy(pending, start, target, 0, rest);
      pending = target;
      isOwn = true;
      start = 0;
      end = rest;
    }
    System.arraycopy(bytes, 0, pending, end, bytes.length);
    end += bytes.length;
  }

  private void onFrame(int from, int to, List<byte[]> complete) {
    int kind = pending[from];
    switch (kind) {
      case FrameQueue.WHOLE -> complete.add(Arrays.copyOfRange(pending, from + 1, to));
      case FrameQueue.CHUNK, FrameQueue.LAST_CHUNK ->
        onChunk(new ByteReader(pending, from + 1, to), kind == FrameQueue.LAST_CHUNK, complete);
      default -> throw new MalformedException("a frame of kind " + kind);
    }
  }

  private void onChunk(ByteReader in, boolean last, List<byte[]> complete) {
    int stream = in.i32();
    int length = in.remaining();
    streamBytes += length;
    if (streamBytes > limitBytes || streams.size() >= MAX_STREAMS && !streams.containsKey(stream)) {
      throw new MalformedException("unfinished messages of more than " + limitBytes + " bytes");
    }
    var message = streams.computeIfAbsent(stream, id -> new ByteWriter(length * 2));
    message.raw(in.raw(length).array(), 0, length);
    if (last) {
      streams.remove(stream);
      streamBytes -= message.size();
      complete.add(message.toArray());
    }
  }
}
