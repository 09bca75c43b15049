package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Access;
import dev.torc.protocol.command.Command;
import dev.torc.protocol.command.DataCommand;
import dev.torc.protocol.command.Expiry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What of one connection's commands may run at once. Commands on different keys do; a read waits for the earlier writes of its key, and a write for the earlier
 * reads, so that a pipelined SET then GET sees the SET. Writes of one key follow each other without waiting: they take the same way to the same replica,
 * which takes them in order; all but large ones, whose pieces let others pass, those that keep the TTL, which read it first, and those of several keys, which may have to wait for another one while this one is passed. A command on any key waits for all before it, and all after it wait for it.
 */
final class KeyOrder {
  private static final int LARGE_BYTES = 32 * 1024;

  private enum Mode {
    READ,
    WRITE,
    ALONE;

    private boolean goesWith(Mode active) {
      return this == active && this != ALONE;
    }
  }

  /** One command's turn; {@link #done} once its reply is known. */
  final class Claim {
    private final List<Bytes> keys;
    private final Mode mode;
    private final boolean barrier;
    private final Runnable start;
    private int blockedOn;

    private Claim(Command command, boolean waits, Runnable start) {
      this.keys = command.keys().size() > 1 ? List.copyOf(new LinkedHashSet<>(command.keys())) : command.keys();
      this.mode = mode(command, waits);
      this.barrier = command.access() == Access.BARRIER;
      this.start = start;
    }

    void done() {
      running--;
      for (var key : keys) {
        release(key);
      }
      passBarrier();
      startReady();
    }
  }

  private static final class KeyState {
    private Mode active;
    private int count;
    private final Deque<Claim> waiting = new ArrayDeque<>(2);
  }

  private final Map<Bytes, KeyState> states = new HashMap<>();
  private final Deque<Claim> behindBarrier = new ArrayDeque<>();
  private final Deque<Claim> ready = new ArrayDeque<>();
  private boolean starting;
  private int running;
  private boolean barrierRuns;

  /**
   * What is to run when it is the command's turn.
   *
   * @param waits whether a write waits for the answers of those before it, because it has to know them
   */
  Claim claim(Command command, boolean waits, Runnable start) {
    return new Claim(command, waits, start);
  }

  /** Runs it now or later. */
  void submit(Claim claim) {
    if (!behindBarrier.isEmpty() || barrierRuns || claim.barrier && running > 0) {
      behindBarrier.add(claim);
    } else {
      enter(claim);
      startReady();
    }
  }

  private static Mode mode(Command command, boolean waits) {
    if (command.access() != Access.WRITE || waits) {
      return command.access() == Access.WRITE ? Mode.ALONE : Mode.READ;
    }
    return switch (command) {
      case DataCommand.Set set when set.value().size() <= LARGE_BYTES && !(set.expiry() instanceof Expiry.KeepTtl) ->
        Mode.WRITE;
      case DataCommand.Del del when del.keys().size() == 1 -> Mode.WRITE;
      default -> Mode.ALONE;
    };
  }

  private void enter(Claim claim) {
    running++;
    barrierRuns = claim.barrier;
    for (var key : claim.keys) {
      var state = states.computeIfAbsent(key, absent -> new KeyState());
      if (state.waiting.isEmpty() && isFree(state, claim.mode)) {
        state.active = claim.mode;
        state.count++;
      } else {
        state.waiting.add(claim);
        claim.blockedOn++;
      }
    }
    if (claim.blockedOn == 0) {
      ready.add(claim);
    }
  }

  /** One after another, however many of them end at once and so make others ready: not one within the other. */
  private void startReady() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      while (!ready.isEmpty()) {
        ready.poll().start.run();
      }
    } finally {
      starting = false;
    }
  }

  private static boolean isFree(KeyState state, Mode mode) {
    return state.count == 0 || mode.goesWith(state.active);
  }

  private void release(Bytes key) {
    var state = states.get(key);
    state.count--;
    while (!state.waiting.isEmpty() && isFree(state, state.waiting.peek().mode)) {
      var next = state.waiting.poll();
      state.active = next.mode;
      state.count++;
      if (--next.blockedOn == 0) {
        ready.add(next);
      }
    }
    if (state.count == 0) {
      states.remove(key, state);
    }
  }

  private void passBarrier() {
    if (running == 0) {
      barrierRuns = false;
    }
    while (!behindBarrier.isEmpty() && !barrierRuns && (running == 0 || !behindBarrier.peek().barrier)) {
      enter(behindBarrier.poll());
    }
  }
}
