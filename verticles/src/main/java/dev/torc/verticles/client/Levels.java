package dev.torc.verticles.client;

import dev.torc.cluster.message.Terms;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The level of a request: what it says itself, or else its connection, or else the policy of the key's prefix, or else the configuration. Strong mode of a
 * prefix goes before its levels. Where nobody says anything the terms are the same object each time.
 */
final class Levels {
  private static final Terms ONE = Terms.of(Level.ONE);
  private static final Terms STRONG = Terms.of(Level.STRONG);

  private final Terms read;
  private final Terms write;
  private final long maxTimeoutMillis;
  private final Supplier<PolicyTable> policies;

  /** @param maxTimeoutMillis who asks for more gets that: what is said to be over by then must be */
  Levels(Level read, Level write, long maxTimeoutMillis, Supplier<PolicyTable> policies) {
    this.read = Terms.of(read);
    this.write = Terms.of(write);
    this.maxTimeoutMillis = maxTimeoutMillis;
    this.policies = policies;
  }

  Terms read(Bytes key, ConnectionTerms by) {
    var policy = policies.get().resolve(key);
    if (policy != Policy.NONE) {
      return terms(policy, by.readLevel(), policy.read().orElse(read.level()));
    }
    return by.read().isPresent() ? Terms.of(by.read().get()) : by.readOnly() ? ONE : read;
  }

  Terms write(Bytes key, ConnectionTerms by) {
    var policy = policies.get().resolve(key);
    if (policy != Policy.NONE) {
      return terms(policy, by.write(), policy.write().orElse(write.level()));
    }
    return by.write().isPresent() ? Terms.of(by.write().get()) : write;
  }

  private static Terms terms(Policy policy, Optional<Level> ofConnection, Level ofPrefix) {
    boolean strong = policy.strong().orElse(false);
    return new Terms(ofConnection.orElse(strong ? Level.STRONG : ofPrefix), policy.replicas().orElse(0), 0);
  }

  /** Of a command that is strong whatever the levels are. */
  Terms strong(Bytes key) {
    var replicas = policies.get().resolve(key).replicas();
    return replicas.isEmpty() ? STRONG : new Terms(Level.STRONG, replicas.getAsInt(), 0);
  }

  /** Whether of the key's concurrent values only the latest is kept. */
  boolean latestOnly(Bytes key) {
    var policy = policies.get().resolve(key);
    return policy != Policy.NONE && policy.conflict().isPresent() && policy.conflict().get() == Conflict.LATEST;
  }

  /** @param timeoutMillis 0: as configured */
  Terms read(Bytes key, Optional<Level> asked, long timeoutMillis, ConnectionTerms by) {
    return with(read(key, by), asked, timeoutMillis);
  }

  Terms write(Bytes key, Optional<Level> asked, long timeoutMillis, ConnectionTerms by) {
    return with(write(key, by), asked, timeoutMillis);
  }

  private Terms with(Terms otherwise, Optional<Level> asked, long timeoutMillis) {
    return new Terms(asked.orElse(otherwise.level()), otherwise.replicas(), Math.min(timeoutMillis, maxTimeoutMillis));
  }
}
