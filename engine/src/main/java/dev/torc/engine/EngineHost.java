package dev.torc.engine;

import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.time.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the engine needs of the machine and of the node around it.
 *
 * @param actorIds called by all shards' threads: {@link java.security.SecureRandom}, or one shard only
 * @param bootId the kernel's name for this boot; another one means that what was not synced may be gone
 * @param onBroken told of a broken invariant, from a shard's thread; the node is to stop
 * @param replicaCounts which N keys have, from what {@link RocksEngine#save} kept under a name; asked once, at the opening
 */
public record EngineHost(Supplier<Moment> time, RandomGenerator actorIds, String bootId, Consumer<Throwable> onBroken,
    Function<Function<String, Optional<byte[]>>, ReplicaCounts> replicaCounts) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Of a node whose keys all have the same N. */
  public EngineHost(Supplier<Moment> time, RandomGenerator actorIds, String bootId, Consumer<Throwable> onBroken) {
    this(time, actorIds, bootId, onBroken, saved -> ReplicaCounts.UNIFORM);
  }

  public static EngineHost ofThisMachine(Supplier<Moment> time, RandomGenerator actorIds,
      Consumer<Throwable> onBroken) {
    try {
      return new EngineHost(time, actorIds, Files.readString(BOOT_ID).strip(), onBroken);
    } catch (IOException unknown) {
      return new EngineHost(time, actorIds, "", onBroken);
    }
  }

  public EngineHost with(Function<Function<String, Optional<byte[]>>, ReplicaCounts> counts) {
    return new EngineHost(time, actorIds, bootId, onBroken, counts);
  }
}
