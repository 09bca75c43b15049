package dev.torc.protocol.resp;

import java.util.Arrays;

/**
 * Replies leave in the order of their requests, however their operations finish.
 *
 * <p>The intuition: every request draws a ticket when it is read; its reply waits in the ticket's place; what leaves is the prefix that is ready.
 * The places are a ring of arrays that doubles up to a bound, so a reply costs no object of its own.
 *
 * <p>The complication: HELLO changes the version in the middle of a pipeline, so the version belongs to the ticket, and HELLO's own ticket has the
 * new one already. CLIENT REPLY OFF and SKIP leave a place without bytes.
 */
public final class ReplyPipeline {
  private static final int FIRST_PLACES = 16;
  private static final RespValue SKIPPED = new RespValue.Simple("");

  private final int bound;
  private RespValue[] replies = new RespValue[FIRST_PLACES];
  private RespVersion[] versions = new RespVersion[FIRST_PLACES];
  private long head;
  private long tail;

  /** @param bound the most requests in flight; the connection stops reading there */
  public ReplyPipeline(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound = " + bound + ", allowed is 1 and more");
    }
    this.bound = bound;
  }

  /** The ticket of the next request, whose reply will be in this version. Not to be called when {@link #isFull()}. */
  public long open(RespVersion version) {
    if (isFull()) {
      throw new IllegalStateException("more than " + bound + " requests in flight");
    }
    if (tail - head == replies.length) {
      grow();
    }
    versions[place(tail)] = version;
    return tail++;
  }

  /** The reply of a ticket, once. */
  public void complete(long ticket, RespValue reply) {
    if (ticket < head || ticket >= tail || replies[place(ticket)] != null) {
      throw new IllegalStateException("ticket " + ticket + " is not waiting for a reply");
    }
    replies[place(ticket)] = reply;
  }

  /** The request is done, and its client asked for no reply. */
  public void skip(long ticket) {
    complete(ticket, SKIPPED);
  }

  /** How many requests have no bytes in a buffer yet. */
  public int inFlight() {
    return (int) (tail - head);
  }

  public boolean isEmpty() { return head == tail; }

  public boolean isFull() { return tail - head >= bound; }

  /** Writes every reply whose predecessors are written; true when there was one. */
  public boolean drainTo(RespBuffer out) {
    return drainTo(out, Integer.MAX_VALUE);
  }

  /** The same, but stops when the buffer holds {@code enoughBytes} or more; true when at least one place was freed. */
  public boolean drainTo(RespBuffer out, int enoughBytes) {
    long before = head;
    while (head < tail && out.size() < enoughBytes) {
      int place = place(head);
      var reply = replies[place];
      if (reply == null) {
        break;
      }
      if (reply != SKIPPED) {
        RespEncoder.encode(reply, versions[place], out);
      }
      replies[place] = null;
      head++;
    }
    return head != before;
  }

  private int place(long ticket) {
    return (int) ticket & replies.length - 1;
  }

  private void grow() {
    var oldReplies = replies;
    var oldVersions = versions;
    replies = Arrays.copyOf(replies, replies.length * 2);
    versions = Arrays.copyOf(versions, versions.length * 2);
    Arrays.fill(replies, null);
    for (long ticket = head; ticket < tail; ticket++) {
      int old = (int) ticket & oldReplies.length - 1;
      replies[place(ticket)] = oldReplies[old];
      versions[place(ticket)] = oldVersions[old];
    }
  }
}
