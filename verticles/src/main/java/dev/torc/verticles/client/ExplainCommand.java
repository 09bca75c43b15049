package dev.torc.verticles.client;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Explained.Copy;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.gossip.ClusterView;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** KV.EXPLAIN: where a key lives, and what each of its replicas says that it has, as maps of which a client takes the fields that it knows. */
final class ExplainCommand {
  private static final int MOST_VALUE_BYTES = 64;

  private final CoordinatorShell shell;
  private final Levels levels;
  private final Supplier<ClusterView> view;

  ExplainCommand(CoordinatorShell shell, Levels levels, Supplier<ClusterView> view) {
    this.shell = shell;
    this.levels = levels;
    this.view = view;
  }

  void run(KvCommand.Explain explain, ConnectionTerms by, String localHost, Consumer<RespValue> reply) {
    var key = Key.of(explain.key());
    var terms = levels.read(explain.key(), by);
    shell.request(new Request.Explain(key, terms), outcome -> {
      if (!(outcome instanceof Outcome.Explained explained)) {
        reply.accept(OutcomeReplies.error(outcome));
        return;
      }
      var current = view.get();
      int wanted = terms.replicas() == 0 ? current.ring().replicas() : terms.replicas();
      long now = SystemClock.now().wallMillis();
      reply.accept(RespValue.map(bulk("slot"), RespValue.integer(key.slot()),
          bulk("n"), RespValue.integer(wanted),
          bulk("epoch"), bulk(String.format("%016x", current.ring().digest())),
          bulk("replicas"), RespValue.array(explained.replicas().stream()
              .map(copy -> copy(copy, current, localHost, now)).toList())));
    });
  }

  private static RespValue copy(Copy copy, ClusterView view, String localHost, long now) {
    var member = view.member(copy.node());
    return RespValue.map(bulk("node"), bulk(member.map(Member::name).orElse(copy.node().toString())),
        bulk("address"), member.map(known -> bulk(NodeNames.host(known, view.self(), localHost) + ":"
            + known.clientPort())).orElse(RespValue.NIL),
        bulk("state"), bulk(copy.isUp() ? "up" : "down"),
        bulk("error"), copy.error().isEmpty() ? RespValue.NIL : bulk(copy.error()),
        bulk("version"), copy.version().map(ExplainCommand::version).orElse(RespValue.NIL),
        bulk("siblings"), copy.record().map(record -> siblings(record, now)).orElse(RespValue.NIL),
        bulk("in_sync"), RespValue.integer(copy.inSync() ? 1 : 0));
  }

  private static RespValue version(VersionVector version) {
    var entries = new ArrayList<RespValue>(version.size());
    for (int i = 0; i < version.size(); i++) {
      entries.add(bulk(new Dot(version.actorAt(i), version.hlcAt(i)).toString()));
    }
    return RespValue.array(entries);
  }

  /** Latest first, tombstones too: this is what the replica has, not what a read would say. */
  private static RespValue siblings(StoredRecord record, long now) {
    return RespValue.array(record.siblings().reversed().stream().map(sibling -> sibling(sibling, now)).toList());
  }

  private static RespValue sibling(Sibling sibling, long now) {
    var content = sibling.content();
    boolean live = content.isLive(now);
    return RespValue.map(bulk("value"), live ? RespValue.bulk(cut(content.value())) : RespValue.NIL,
        bulk("length"), RespValue.integer(live ? content.value().size() : 0),
        bulk("ttl"), RespValue.integer(live && content.expiresAtMillis() != Content.NEVER
            ? content.expiresAtMillis() - now
            : -1),
        bulk("written"), RespValue.integer(Hlc.millis(sibling.dot().hlc())),
        bulk("dot"), bulk(sibling.dot().toString()));
  }

  private static Bytes cut(Bytes value) {
    return value.size() <= MOST_VALUE_BYTES
        ? value
        : Bytes.of(Arrays.copyOf(value.array(), MOST_VALUE_BYTES));
  }

  private static RespValue bulk(String text) {
    return RespValue.bulk(text);
  }
}
