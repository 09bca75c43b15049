package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Sibling;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.Xxh3;
import dev.torc.protocol.command.DataCommand;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.Expiry;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.loop.CoordinatorShell;
import dev.torc.verticles.loop.ValueSizes;
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

  private final CoordinatorShell shell;
  private final ValueSizes sizes;
  private final Level readLevel;
  private final Level writeLevel;
  private final boolean crossSlot;

  DataCommands(CoordinatorShell shell, ValueSizes sizes, Level readLevel, Level writeLevel, boolean crossSlot) {
    this.shell = shell;
    this.sizes = sizes;
    this.readLevel = readLevel;
    this.writeLevel = writeLevel;
    this.crossSlot = crossSlot;
  }

  void run(DataCommand command, Consumer<RespValue> reply) {
    if (!crossSlot && command.keys().stream().mapToInt(key -> Key.of(key).slot()).distinct().count() > 1) {
      reply.accept(RespValue.error(Errors.CROSS_SLOT));
      return;
    }
    switch (command) {
      case DataCommand.Get get -> read(get.key(), reply, found -> bulk(latest(found)));
      case DataCommand.Set set -> set(set, reply);
      case DataCommand.Del del -> delete(del.keys(), reply);
      case DataCommand.MGet mget -> readAll(mget.keys(), reply, DataCommands::values);
      case DataCommand.MSet mset -> setAll(mset, reply);
      case DataCommand.Exists exists -> readAll(exists.keys(), reply, DataCommands::countLive);
      case DataCommand.Touch touch -> readAll(touch.keys(), reply, DataCommands::countLive);
      case DataCommand.StrLen length -> read(length.key(), reply, found -> RespValue.integer(size(latest(found))));
      case DataCommand.GetRange range -> read(range.key(), reply, found -> range(range, found));
      case DataCommand.Ttl ttl -> read(ttl.key(), reply, found -> ttl(ttl, found));
      case DataCommand.Type type ->
        read(type.key(), reply, found -> RespValue.simple(latest(found).isPresent() ? "string" : "none"));
      case DataCommand.MemoryUsage usage -> read(usage.key(), reply, found -> memory(usage.key(), found));
      case DataCommand.ObjectEncoding encoding -> read(encoding.key(), reply, found -> latest(found)
          .map(sibling -> RespValue.bulk(DataCommand.ObjectEncoding.of(sibling.content().value())))
          .orElse(RespValue.NIL));
      case DataCommand.Digest digest -> read(digest.key(), reply, found -> latest(found)
          .map(sibling -> RespValue.bulk(Xxh3.hex(sibling.content().value()))).orElse(RespValue.NIL));
      case DataCommand.ObjectRefCount count -> read(count.key(), reply,
          found -> latest(found).map(sibling -> RespValue.ONE).orElse(RespValue.NIL));
    }
  }

  private void read(Bytes key, Consumer<RespValue> reply, Function<Outcome.Found, RespValue> made) {
    shell.request(new Request.Read(Key.of(key), readLevel),
        outcome -> {
          learn(key, outcome);
          reply.accept(outcome instanceof Outcome.Found found ? made.apply(found) : OutcomeReplies.error(outcome));
        });
  }

  private void readAll(List<Bytes> keys, Consumer<RespValue> reply, Function<Outcome[], RespValue> made) {
    var reads = keys.stream().map(key -> new Request.Read(Key.of(key), readLevel)).toList();
    Gather.all(reads, shell, outcomes -> {
      for (int i = 0; i < outcomes.length; i++) {
        learn(keys.get(i), outcomes[i]);
      }
      return made.apply(outcomes);
    }, reply);
  }

  private void learn(Bytes key, Outcome outcome) {
    if (outcome instanceof Outcome.Found found) {
      sizes.saw(key, found.record().valueBytes());
    }
  }

  private void set(DataCommand.Set set, Consumer<RespValue> reply) {
    var content = Content.of(set.value(), expiresAt(set.expiry()));
    var write = new Request.Write(Key.of(set.key()), content, set.expiry() instanceof Expiry.KeepTtl,
        Causality.BLIND, Terms.of(writeLevel));
    shell.request(write,
        outcome -> reply.accept(outcome instanceof Outcome.Written ? RespValue.OK : OutcomeReplies.error(outcome)));
  }

  private static long expiresAt(Expiry expiry) {
    return switch (expiry) {
      case Expiry.Never never -> Content.NEVER;
      case Expiry.KeepTtl keep -> Content.NEVER;
      case Expiry.At at -> at.unixMillis();
      case Expiry.In in -> SystemClock.now().wallMillis() + in.millis();
    };
  }

  private void setAll(DataCommand.MSet mset, Consumer<RespValue> reply) {
    var values = new LinkedHashMap<Bytes, Bytes>();
    mset.entries().forEach(entry -> values.put(entry.key(), entry.value()));
    var writes = new ArrayList<Request.Write>(values.size());
    values.forEach((key, value) -> writes.add(write(key, Content.of(value))));
    Gather.all(writes, shell, outcomes -> RespValue.OK, reply);
  }

  private void delete(List<Bytes> keys, Consumer<RespValue> reply) {
    var writes = new LinkedHashSet<>(keys).stream().map(key -> write(key, Content.TOMBSTONE)).toList();
    Gather.all(writes, shell, DataCommands::countExisted, reply);
  }

  private Request.Write write(Bytes key, Content content) {
    return Request.Write.blind(Key.of(key), content, writeLevel);
  }

  private static RespValue values(Outcome[] outcomes) {
    var values = new ArrayList<RespValue>(outcomes.length);
    for (var outcome : outcomes) {
      values.add(bulk(latest((Outcome.Found) outcome)));
    }
    return RespValue.array(values);
  }

  private static RespValue countLive(Outcome[] outcomes) {
    long live = 0;
    for (var outcome : outcomes) {
      live += latest((Outcome.Found) outcome).isPresent() ? 1 : 0;
    }
    return RespValue.integer(live);
  }

  private static RespValue countExisted(Outcome[] outcomes) {
    long existed = 0;
    for (var outcome : outcomes) {
      existed += ((Outcome.Written) outcome).existed() ? 1 : 0;
    }
    return RespValue.integer(existed);
  }

  private static Optional<Sibling> latest(Outcome.Found found) {
    return found.record().latestLive(SystemClock.now().wallMillis());
  }

  private static RespValue bulk(Optional<Sibling> sibling) {
    return sibling.isPresent() ? RespValue.bulk(sibling.get().content().value()) : RespValue.NIL;
  }

  private static int size(Optional<Sibling> sibling) {
    return sibling.map(s -> s.content().value().size()).orElse(0);
  }

  private static RespValue range(DataCommand.GetRange range, Outcome.Found found) {
    return RespValue.bulk(latest(found).map(sibling -> range.of(sibling.content().value())).orElse(Bytes.EMPTY));
  }

  private static RespValue ttl(DataCommand.Ttl ttl, Outcome.Found found) {
    var sibling = latest(found);
    if (sibling.isEmpty()) {
      return RespValue.integer(-2);
    }
    long expiry = sibling.get().content().expiresAtMillis();
    return RespValue.integer(expiry == Content.NEVER ? -1 : ttl.form().figure(expiry, SystemClock.now().wallMillis()));
  }

  private static RespValue memory(Bytes key, Outcome.Found found) {
    return latest(found).map(sibling -> RespValue.integer(key.size() + sibling.content().value().size() + RECORD_BYTES))
        .orElse(RespValue.NIL);
  }
}
