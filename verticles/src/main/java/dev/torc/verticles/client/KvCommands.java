package dev.torc.verticles.client;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.wire.ContextText;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.command.Expiry;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.command.StrongCommand;
import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Torc's own commands about keys: what they read and write comes with its context, its level and its siblings. */
final class KvCommands {
  private static final RespValue CAS_INSTEAD = RespValue.error("ERR CONTEXT with level strong is KV.CAS");

  private final KeyRequests requests;

  KvCommands(KeyRequests requests) {
    this.requests = requests;
  }

  void get(KvCommand.Get get, ConnectionTerms by, Consumer<RespValue> reply) {
    withContext(get.key(), get.terms().after().orElse(Bytes.EMPTY), reply, after -> {
      var read = read(get.key(), get.terms(), after, by);
      requests.send(read, by, reply, outcome -> found(read, outcome));
    });
  }

  void getAll(KvCommand.MGet get, ConnectionTerms by, Consumer<RespValue> reply) {
    var reads = get.keys().stream().map(key -> read(key, get.terms(), Context.NOTHING, by)).toList();
    requests.gather(reads, by, outcomes -> reply.accept(each(outcomes, i -> found(reads.get(i), outcomes[i]))));
  }

  void set(KvCommand.Set set, ConnectionTerms by, Consumer<RespValue> reply) {
    var terms = terms(set.key(), set.terms(), by);
    var content = Content.of(set.value(), Expiries.at(set.expiry()));
    boolean keeps = set.expiry() instanceof Expiry.KeepTtl;
    write(set.key(), set.context(), terms, reply, after -> requests.send(
        requests.put(set.key(), content, keeps, after, terms, by), by, reply,
        outcome -> KvReplies.written(set.key(), terms.level(), outcome)));
  }

  void delete(KvCommand.Del del, ConnectionTerms by, Consumer<RespValue> reply) {
    var terms = terms(del.key(), del.terms(), by);
    write(del.key(), del.context(), terms, reply, after -> requests.send(
        requests.delete(del.key(), after, terms, by), by, reply,
        outcome -> KvReplies.deleted(del.key(), terms.level(), outcome)));
  }

  void setAll(KvCommand.MSet set, ConnectionTerms by, Consumer<RespValue> reply) {
    var values = new LinkedHashMap<Bytes, Bytes>();
    set.entries().forEach(entry -> values.put(entry.key(), entry.value()));
    long expiry = Expiries.at(set.expiry());
    var keys = List.copyOf(values.keySet());
    var writes = new ArrayList<Request>(keys.size());
    for (var key : keys) {
      var content = Content.of(values.get(key), expiry);
      writes.add(requests.put(key, content, false, Optional.empty(), terms(key, set.terms(), by), by));
    }
    requests.gather(writes, by, outcomes -> reply.accept(each(outcomes,
        i -> KvReplies.written(keys.get(i), terms(keys.get(i), set.terms(), by).level(), outcomes[i]))));
  }

  /** KV.CAS, which is strong whatever the levels are. */
  void swap(StrongCommand.KvCas cas, ConnectionTerms by, Consumer<RespValue> reply) {
    withContext(cas.key(), cas.context(), reply, context -> {
      var content = Content.of(cas.value(), Expiries.at(cas.expiry()));
      var change = new Change.Swap(context, content, cas.expiry() instanceof Expiry.KeepTtl);
      requests.send(requests.strong(cas.key(), change), by, reply,
          outcome -> KvReplies.swapped(cas.key(), (Outcome.Changed) outcome));
    });
  }

  private Request.Read read(Bytes key, KvCommand.ReadTerms asked, Context after, ConnectionTerms by) {
    var terms = requests.levels().read(key, asked.level(), asked.timeoutMillis().orElse(0), by);
    return requests.read(key, terms, after, asked.maxStaleMillis().orElse(ReadBound.ANY_AGE), by);
  }

  private Terms terms(Bytes key, KvCommand.WriteTerms asked, ConnectionTerms by) {
    return requests.levels().write(key, asked.level(), asked.timeoutMillis().orElse(0), by);
  }

  private static RespValue found(Request.Read read, Outcome outcome) {
    return KvReplies.found(read.key().bytes(), read.level(), (Outcome.Found) outcome);
  }

  private static void write(Bytes key, Optional<Bytes> context, Terms terms, Consumer<RespValue> reply,
      Consumer<Optional<Context>> write) {
    if (context.isEmpty()) {
      write.accept(Optional.empty());
    } else if (terms.level() instanceof Level.Strong) {
      reply.accept(CAS_INSTEAD);
    } else {
      withContext(key, context.get(), reply, after -> write.accept(Optional.of(after)));
    }
  }

  private static void withContext(Bytes key, Bytes text, Consumer<RespValue> reply, Consumer<Context> use) {
    switch (ContextText.read(text, key)) {
      case ContextText.Good good -> use.accept(good.context());
      case ContextText.Bad bad -> reply.accept(ErrorCode.BADCONTEXT.error(bad.error()));
    }
  }

  /** A reply for each, and where one has failed its error in its place. */
  private static RespValue each(Outcome[] outcomes, IntFunction<RespValue> made) {
    var replies = new ArrayList<RespValue>(outcomes.length);
    for (int i = 0; i < outcomes.length; i++) {
      replies.add(OutcomeReplies.isError(outcomes[i]) ? OutcomeReplies.error(outcomes[i]) : made.apply(i));
    }
    return RespValue.array(replies);
  }
}
