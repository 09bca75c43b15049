package dev.torc.verticles.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Memory that the connections of all event loops share for what is large, so that a thousand of them together hold no more than a few do.
 *
 * <p>The rule: who has a share raises it before it takes more. Over the limit it waits, and is told when its turn has come, in the order of arrival.
 * A newcomer always fits when nobody else holds anything.
 *
 * <p>The complication: two that hold something and both want more would wait for each other for ever. So one at a time may overdraw, if it says that
 * nothing of what it holds can become free before it has more; and who holds something is not kept waiting by newcomers. Small things never come here.
 */
public final class ByteBudget {
  /** What is no longer is not worth counting. */
  public static final int LARGE_BYTES = 64 * 1024;

  private final long limitBytes;
  private final Deque<Share> waiting = new ArrayDeque<>();
  private long heldBytes;
  private Share overdrawn;

  public ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }

  public synchronized long heldBytes() {
    return heldBytes;
  }

  /** How many wait for others. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** @param onGranted told, on any thread, that what {@link Share#raise} refused is held now */
  public Share share(Runnable onGranted) {
    return new Share(onGranted);
  }

  private void change(Share share, long bytes) {
    heldBytes += bytes - share.held;
    share.held = bytes;
    if (share == overdrawn && (bytes == 0 || heldBytes <= limitBytes)) {
      overdrawn = null;
    }
  }

  private boolean take(Share share, long bytes, boolean mayOverdraw) {
    boolean fits = heldBytes + bytes - share.held <= limitBytes || heldBytes == 0;
    if (!fits && (!mayOverdraw || overdrawn != null && overdrawn != share)) {
      return false;
    }
    if (!fits) {
      overdrawn = share;
    }
    change(share, bytes);
    return true;
  }

  private synchronized List<Runnable> granted() {
    var granted = new ArrayList<Runnable>();
    boolean newcomersWait = false;
    for (var each = waiting.iterator(); each.hasNext();) {
      var share = each.next();
      if (newcomersWait && share.held == 0) {
        continue;
      }
      if (take(share, share.wanted, share.mayOverdraw)) {
        each.remove();
        share.wanted = 0;
        granted.add(share.onGranted);
      } else {
        newcomersWait |= share.held == 0;
      }
    }
    return granted;
  }

  /** What one connection holds. For one thread. */
  public final class Share {
    private final Runnable onGranted;
    private long held;
    private long wanted;
    private boolean mayOverdraw;

    private Share(Runnable onGranted) {
      this.onGranted = onGranted;
    }

    public long held() {
      synchronized (ByteBudget.this) {
        return held;
      }
    }

    /**
     * Holds so many bytes in all, if it does not yet. False if it must wait; a second call before its turn replaces the first.
     *
     * @param overdraw nothing of what it holds becomes free before it has more
     */
    public boolean raise(long bytes, boolean overdraw) {
      synchronized (ByteBudget.this) {
        if (bytes <= held) {
          cancel();
          return true;
        }
        boolean inTurn = held > 0 || waiting.isEmpty() || wanted > 0 && waiting.peek() == this;
        if (inTurn && take(this, bytes, overdraw)) {
          cancel();
          return true;
        }
        if (wanted == 0) {
          waiting.add(this);
        }
        wanted = bytes;
        mayOverdraw = overdraw;
        return false;
      }
    }

    /** Holds so many bytes in all, over the limit or not: they are there already. */
    public void become(long bytes) {
      synchronized (ByteBudget.this) {
        if (bytes == held) {
          return;
        }
        change(this, bytes);
      }
      granted().forEach(Runnable::run);
    }

    /** Holds so many bytes in all, if it does not yet; false, and nothing changes, if they do not fit. */
    public boolean raiseNow(long bytes) {
      synchronized (ByteBudget.this) {
        return bytes <= held || take(this, bytes, false);
      }
    }

    /** Holds nothing and waits for nothing. */
    public void close() {
      synchronized (ByteBudget.this) {
        cancel();
      }
      become(0);
      granted().forEach(Runnable::run);
    }

    private void cancel() {
      if (wanted > 0) {
        waiting.remove(this);
        wanted = 0;
      }
    }
  }
}
