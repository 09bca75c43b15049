package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Sibling;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.Xxh3;
import dev.torc.protocol.command.DataCommand;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.Expiry;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Commands that name their keys, as requests to this loop's coordinator. */
final class DataCommands {
  /** What MEMORY USAGE adds to key and value: the record around them, and its place on disk. */
  private static final int RECORD_BYTES = 48;

  private final KeyRequests requests;
  private final boolean crossSlot;

  DataCommands(KeyRequests requests, boolean crossSlot) {
    this.requests = requests;
    this.crossSlot = crossSlot;
  }

  void run(DataCommand command, ConnectionTerms by, Consumer<RespValue> reply) {
    if (!crossSlot && command.keys().stream().mapToInt(key -> Key.of(key).slot()).distinct().count() > 1) {
      reply.accept(RespValue.error(Errors.CROSS_SLOT));
      return;
    }
    switch (command) {
      case DataCommand.Get get -> read(get.key(), by, reply, outcome -> Values.bulk(latest(outcome)));
      case DataCommand.Set set -> set(set, by, reply);
      case DataCommand.Del del -> delete(del.keys(), by, reply);
      case DataCommand.MGet mget -> readAll(mget.keys(), by, reply, DataCommands::values);
      case DataCommand.MSet mset -> setAll(mset, by, reply);
      case DataCommand.Exists exists -> readAll(exists.keys(), by, reply, DataCommands::countLive);
      case DataCommand.Touch touch -> readAll(touch.keys(), by, reply, DataCommands::countLive);
      case DataCommand.StrLen length ->
        read(length.key(), by, reply, outcome -> RespValue.integer(size(latest(outcome))));
      case DataCommand.GetRange range -> read(range.key(), by, reply, outcome -> range(range, latest(outcome)));
      case DataCommand.Ttl ttl -> read(ttl.key(), by, reply, outcome -> ttl(ttl, latest(outcome)));
      case DataCommand.Type type -> read(type.key(), by, reply,
          outcome -> RespValue.simple(latest(outcome).isPresent() ? "string" : "none"));
      case DataCommand.MemoryUsage usage ->
        read(usage.key(), by, reply, outcome -> memory(usage.key(), latest(outcome)));
      case DataCommand.ObjectEncoding encoding -> read(encoding.key(), by, reply, outcome -> latest(outcome)
          .map(sibling -> RespValue.bulk(DataCommand.ObjectEncoding.of(sibling.content().value())))
          .orElse(RespValue.NIL));
      case DataCommand.Digest digest -> read(digest.key(), by, reply, outcome -> latest(outcome)
          .map(sibling -> RespValue.bulk(Xxh3.hex(sibling.content().value()))).orElse(RespValue.NIL));
      case DataCommand.ObjectRefCount count -> read(count.key(), by, reply,
          outcome -> latest(outcome).map(sibling -> RespValue.ONE).orElse(RespValue.NIL));
    }
  }

  private void read(Bytes key, ConnectionTerms by, Consumer<RespValue> reply, Function<Outcome, RespValue> made) {
    requests.send(requests.read(key, by), by, reply, made);
  }

  private void readAll(List<Bytes> keys, ConnectionTerms by, Consumer<RespValue> reply,
      Function<Outcome[], RespValue> made) {
    requests.sendAll(keys.stream().map(key -> requests.read(key, by)).toList(), by, reply, made);
  }

  private void set(DataCommand.Set set, ConnectionTerms by, Consumer<RespValue> reply) {
    var content = Content.of(set.value(), Expiries.at(set.expiry()));
    requests.send(requests.put(set.key(), content, set.expiry() instanceof Expiry.KeepTtl, by), by, reply,
        outcome -> RespValue.OK);
  }

  private void setAll(DataCommand.MSet mset, ConnectionTerms by, Consumer<RespValue> reply) {
    var values = new LinkedHashMap<Bytes, Bytes>();
    mset.entries().forEach(entry -> values.put(entry.key(), entry.value()));
    var writes = new ArrayList<Request>(values.size());
    values.forEach((key, value) -> writes.add(requests.put(key, Content.of(value), false, by)));
    requests.sendAll(writes, by, reply, outcomes -> RespValue.OK);
  }

  private void delete(List<Bytes> keys, ConnectionTerms by, Consumer<RespValue> reply) {
    var deletes = new LinkedHashSet<>(keys).stream().map(key -> requests.delete(key, by)).toList();
    requests.sendAll(deletes, by, reply, DataCommands::countExisted);
  }

  private static RespValue values(Outcome[] outcomes) {
    var values = new ArrayList<RespValue>(outcomes.length);
    for (var outcome : outcomes) {
      values.add(Values.bulk(latest(outcome)));
    }
    return RespValue.array(values);
  }

  private static RespValue countLive(Outcome[] outcomes) {
    long live = 0;
    for (var outcome : outcomes) {
      live += latest(outcome).isPresent() ? 1 : 0;
    }
    return RespValue.integer(live);
  }

  private static RespValue countExisted(Outcome[] outcomes) {
    long existed = 0;
    for (var outcome : outcomes) {
      existed += Values.existed(outcome) ? 1 : 0;
    }
    return RespValue.integer(existed);
  }

  private static Optional<Sibling> latest(Outcome outcome) {
    return Values.latest((Outcome.Found) outcome);
  }

  private static int size(Optional<Sibling> sibling) {
    return sibling.map(s -> s.content().value().size()).orElse(0);
  }

  private static RespValue range(DataCommand.GetRange range, Optional<Sibling> sibling) {
    return RespValue.bulk(sibling.map(found -> range.of(found.content().value())).orElse(Bytes.EMPTY));
  }

  private static RespValue ttl(DataCommand.Ttl ttl, Optional<Sibling> sibling) {
    if (sibling.isEmpty()) {
      return RespValue.integer(-2);
    }
    long expiry = sibling.get().content().expiresAtMillis();
    return RespValue.integer(expiry == Content.NEVER ? -1 : ttl.form().figure(expiry, SystemClock.now().wallMillis()));
  }

  private static RespValue memory(Bytes key, Optional<Sibling> sibling) {
    return sibling.map(found -> RespValue.integer(key.size() + found.content().value().size() + RECORD_BYTES))
        .orElse(RespValue.NIL);
  }
}
