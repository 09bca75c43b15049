package dev.torc.verticles.client;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.wire.ContextText;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What KV.GET, KV.SET, KV.DEL and KV.CAS answer: maps, of which a client takes the fields that it knows. */
final class KvReplies {
  private static final RespValue VALUE = RespValue.bulk("value");
  private static final RespValue CONTEXT = RespValue.bulk("context");
  private static final RespValue SIBLINGS = RespValue.bulk("siblings");
  private static final RespValue TTL = RespValue.bulk("ttl");
  private static final RespValue WRITTEN = RespValue.bulk("written");
  private static final RespValue LEVEL = RespValue.bulk("level");
  private static final RespValue REPLICAS = RespValue.bulk("replicas");
  private static final RespValue STALE = RespValue.bulk("stale");
  private static final RespValue DELETED = RespValue.bulk("deleted");
  private static final RespValue SWAPPED = RespValue.bulk("swapped");
  private static final RespValue NO_TTL = RespValue.integer(-1);

  private KvReplies() {}

  static RespValue found(Bytes key, Level level, Outcome.Found found) {
    long now = SystemClock.now().wallMillis();
    var record = found.record();
    return RespValue.map(VALUE, Values.bulk(record.latestLive(now)),
        CONTEXT, context(key, Context.of(record.version())),
        SIBLINGS, RespValue.array(siblings(record, now)),
        LEVEL, level(level), REPLICAS, RespValue.integer(found.replicas()),
        STALE, found.staleMillis() == Outcome.Found.UNKNOWN_AGE
            ? RespValue.NIL
            : RespValue.integer(found.staleMillis()));
  }

  /** Latest first; none where there is no value at all, so that a deleted key looks like one that never was. */
  private static List<RespValue> siblings(StoredRecord record, long now) {
    var replies = new ArrayList<RespValue>(record.siblings().size());
    if (record.siblings().stream().anyMatch(sibling -> sibling.content().isLive(now))) {
      record.siblings().reversed().forEach(sibling -> replies.add(sibling(sibling, now)));
    }
    return replies;
  }

  private static RespValue sibling(Sibling sibling, long now) {
    var content = sibling.content();
    boolean live = content.isLive(now);
    return RespValue.map(VALUE, live ? RespValue.bulk(content.value()) : RespValue.NIL,
        TTL, live && content.expiresAtMillis() != Content.NEVER
            ? RespValue.integer(content.expiresAtMillis() - now)
            : NO_TTL,
        WRITTEN, RespValue.integer(Hlc.millis(sibling.dot().hlc())));
  }

  static RespValue written(Bytes key, Level level, Outcome outcome) {
    return RespValue.map(CONTEXT, context(key, contextOf(outcome)), LEVEL, level(level),
        REPLICAS, RespValue.integer(replicasOf(outcome)));
  }

  static RespValue deleted(Bytes key, Level level, Outcome outcome) {
    return RespValue.map(DELETED, RespValue.integer(Values.existed(outcome) ? 1 : 0),
        CONTEXT, context(key, contextOf(outcome)), LEVEL, level(level),
        REPLICAS, RespValue.integer(replicasOf(outcome)));
  }

  static RespValue swapped(Bytes key, Outcome.Changed changed) {
    var done = (ChangeResult.Done) changed.result();
    return RespValue.map(SWAPPED, RespValue.integer(done.isDone() ? 1 : 0),
        VALUE, Optional.of(done).filter(result -> !result.isDone()).flatMap(ChangeResult.Done::value)
            .map(RespValue::bulk).orElse(RespValue.NIL),
        CONTEXT, context(key, Context.of(changed.version())));
  }

  private static Context contextOf(Outcome outcome) {
    return outcome instanceof Outcome.Written written
        ? written.context()
        : Context.of(((Outcome.Changed) outcome).version());
  }

  private static int replicasOf(Outcome outcome) {
    return outcome instanceof Outcome.Written written ? written.replicas() : ((Outcome.Changed) outcome).replicas();
  }

  private static RespValue context(Bytes key, Context context) {
    return RespValue.bulk(ContextText.write(context, key));
  }

  private static RespValue level(Level level) {
    return RespValue.bulk(level.toString());
  }
}
