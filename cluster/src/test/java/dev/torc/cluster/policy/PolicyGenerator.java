package dev.torc.cluster.policy;

import dev.torc.cluster.ring.NodeId;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Policies from a small world of short prefixes and a few stamps, so that they overlap and nest. */
public final class PolicyGenerator {
  private static final List<Level> LEVELS = List.of(Level.ONE, Level.QUORUM, Level.ALL, new Level.Count(2),
      new Level.Count(16));

  private final SplittableRandom random;

  public PolicyGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  public Policy policy() {
    var replicas = random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(16)) : OptionalInt.empty();
    return new Policy(perhaps(() -> Conflict.values()[random.nextInt(2)]), perhaps(this::level), perhaps(this::level),
        replicas,
        perhaps(random::nextBoolean));
  }

  public PolicyEntry entry() {
    return new PolicyEntry(word(4), perhaps(this::policy), random.nextInt(5), new NodeId(random.nextInt(3)));
  }

  public PolicyTable table() {
    return PolicyTable.of(Stream.generate(this::entry).limit(random.nextInt(12)).toList());
  }

  /** Of the letters a, b and one that is negative as a byte. */
  public Bytes word(int maxBytes) {
    var word = new byte[random.nextInt(maxBytes + 1)];
    for (int i = 0; i < word.length; i++) {
      word[i] = (byte) "abÿ".charAt(random.nextInt(3));
    }
    return Bytes.of(word);
  }

  private Level level() {
    return LEVELS.get(random.nextInt(LEVELS.size()));
  }

  private <T> Optional<T> perhaps(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }
}
