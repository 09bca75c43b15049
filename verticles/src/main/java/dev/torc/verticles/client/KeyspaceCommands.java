package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.Glob;
import dev.torc.protocol.command.KeyspaceCommand;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Commands about keys that they do not name. A node's own share is the slots of which it is primary, because clients add the nodes up. */
final class KeyspaceCommands {
  private static final List<SlotRange> ALL = List.of(new SlotRange(0, Slot.COUNT - 1));
  private static final int PAGE = 1000;
  private static final int MOST_PER_SCAN = 10_000;

  private final CoordinatorShell shell;
  private final Supplier<ClusterView> view;
  private final WaitCommands waits;

  KeyspaceCommands(CoordinatorShell shell, Supplier<ClusterView> view, WaitCommands waits) {
    this.shell = shell;
    this.view = view;
    this.waits = waits;
  }

  /** @param isLeaving whether the client is, so that nobody waits any more */
  void run(KeyspaceCommand command, ConnectionTerms by, BooleanSupplier isLeaving, Consumer<RespValue> reply) {
    switch (command) {
      case KeyspaceCommand.DbSize size -> count(new Request.CountHere(own()), reply);
      case KeyspaceCommand.KvSize size -> count(new Request.CountAll(), reply);
      case KeyspaceCommand.CountKeysInSlot slot -> count(new Request.CountHere(only(slot.slot())), reply);
      case KeyspaceCommand.KeysInSlot slot -> keysInSlot(slot, reply);
      case KeyspaceCommand.Keys keys -> keys(keys.pattern(), ScanPoint.START, new ArrayList<>(), reply);
      case KeyspaceCommand.RandomKey random -> randomKey(reply);
      case KeyspaceCommand.Scan scan ->
        scan(own(), scan.cursor(), scan.count(), scan.pattern(), isString(scan.type()), reply);
      case KeyspaceCommand.KvScan scan -> scan(ALL, scan.cursor(), scan.count(), scan.pattern(), true, reply);
      case KeyspaceCommand.FlushAll flush -> flush(flush.async(), by, reply);
      case KeyspaceCommand.Wait wait -> waits.run(wait, by.writes(), isLeaving, reply);
      case KeyspaceCommand.WaitAof wait -> waits.run(wait, by.writes(), isLeaving, reply);
    }
  }

  private List<SlotRange> own() {
    var current = view.get();
    return current.ring().primaryRanges(current.self().id());
  }

  private static List<SlotRange> only(int slot) {
    return List.of(new SlotRange(slot, slot));
  }

  private static boolean isString(Optional<String> type) {
    return type.isEmpty() || type.get().equals("string");
  }

  private int replicas() {
    var ring = view.get().ring();
    return Math.min(ring.replicas(), ring.members().size());
  }

  private void count(Request request, Consumer<RespValue> reply) {
    shell.request(request,
        outcome -> reply.accept(outcome instanceof Outcome.Counted counted
            ? RespValue.integer(counted.keys())
            : OutcomeReplies.error(outcome)));
  }

  private void keysInSlot(KeyspaceCommand.KeysInSlot command, Consumer<RespValue> reply) {
    int limit = (int) Math.min(command.count(), MOST_PER_SCAN);
    if (limit == 0) {
      reply.accept(RespValue.EMPTY_ARRAY);
      return;
    }
    var from = new ScanPoint(command.slot(), 0);
    shell.request(new Request.ScanHere(only(command.slot()), from, limit), outcome -> reply.accept(
        outcome instanceof Outcome.Listed listed
            ? bulks(listed.keys().stream().limit(limit).toList())
            : OutcomeReplies.error(outcome)));
  }

  private void keys(Glob pattern, ScanPoint from, List<RespValue> found, Consumer<RespValue> reply) {
    shell.request(new Request.Scan(own(), from, PAGE), outcome -> {
      if (!(outcome instanceof Outcome.Listed listed)) {
        reply.accept(OutcomeReplies.error(outcome));
        return;
      }
      listed.keys().stream().filter(pattern::matches).map(RespValue::bulk).forEach(found::add);
      if (listed.next().isEnd()) {
        reply.accept(RespValue.array(found));
      } else {
        keys(pattern, listed.next(), found, reply);
      }
    });
  }

  private void randomKey(Consumer<RespValue> reply) {
    var random = ThreadLocalRandom.current();
    var point = new ScanPoint(random.nextInt(Slot.COUNT), random.nextLong(Key.LAST_POSITION + 1));
    firstKey(point, key -> {
      if (key == RespValue.NIL) {
        firstKey(ScanPoint.START, reply);
      } else {
        reply.accept(key);
      }
    });
  }

  private void firstKey(ScanPoint from, Consumer<RespValue> reply) {
    shell.request(new Request.ScanHere(own(), from, 1), outcome -> reply.accept(outcome instanceof Outcome.Listed listed
        ? listed.keys().stream().findFirst().map(RespValue::bulk).orElse(RespValue.NIL)
        : OutcomeReplies.error(outcome)));
  }

  private void scan(List<SlotRange> ranges, long cursor, long count, Optional<Glob> pattern, boolean wanted,
      Consumer<RespValue> reply) {
    if (cursor < 0 || cursor >>> 48 >= Slot.COUNT) {
      reply.accept(RespValue.error(Errors.INVALID_CURSOR));
      return;
    }
    var request = new Request.Scan(ranges, ScanPoint.ofCursor(cursor), (int) Math.min(count, MOST_PER_SCAN));
    shell.request(request, outcome -> {
      if (!(outcome instanceof Outcome.Listed listed)) {
        reply.accept(OutcomeReplies.error(outcome));
        return;
      }
      var keys = listed.keys().stream().filter(key -> wanted && (pattern.isEmpty() || pattern.get().matches(key)))
          .toList();
      reply.accept(RespValue.array(RespValue.bulk(Long.toString(listed.next().cursor())), bulks(keys)));
    });
  }

  private void flush(boolean async, ConnectionTerms by, Consumer<RespValue> reply) {
    by.writes().wroteMany(Level.QUORUM.required(replicas()));
    if (async) {
      reply.accept(RespValue.OK);
    }
    shell.request(new Request.Flush(), outcome -> {
      if (!async) {
        reply.accept(outcome instanceof Outcome.Flushed ? RespValue.OK : OutcomeReplies.error(outcome));
      }
    });
  }

  private static RespValue bulks(List<Bytes> keys) {
    return RespValue.array(keys.stream().map(RespValue::bulk).toList());
  }
}
