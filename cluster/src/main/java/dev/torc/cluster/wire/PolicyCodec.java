package dev.torc.cluster.wire;

import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.NodeId;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The binary form of policies, version 1: on disk a version byte, a count and the entries; in gossip the entries alone. An entry is its prefix, its stamp (8 bytes),
 * its node (8), a byte that says which attributes follow and what the flags among them are, the levels as text and N as a byte.
 */
public final class PolicyCodec {
  static final int MIN_ENTRY_BYTES = 18;

  private static final int VERSION = 1;
  private static final int STANDS = 1;
  private static final int CONFLICT = 2;
  private static final int LATEST = 4;
  private static final int MODE = 8;
  private static final int STRONG = 16;
  private static final int READ = 32;
  private static final int WRITE = 64;
  private static final int REPLICAS = 128;

  private PolicyCodec() {}

  public static byte[] encode(PolicyTable table) {
    var out = new ByteWriter(64 * table.entries().size()).u8(VERSION).varint(table.entries().size());
    table.entries().forEach(entry -> write(out, entry));
    return out.toArray();
  }

  /** @throws MalformedException for anything that {@link #encode} does not write */
  public static PolicyTable decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedException("policies of version " + version);
    }
    int count = in.count(MIN_ENTRY_BYTES);
    if (count > PolicyTable.MAX_ENTRIES) {
      throw new MalformedException(count + " policies");
    }
    List<PolicyEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(read(in));
    }
    in.end();
    var table = PolicyTable.of(entries);
    if (!table.entries().equals(entries)) {
      throw new MalformedException("policies out of order");
    }
    return table;
  }

  /** What one more entry adds to a message. */
  public static int sizeBytes(PolicyEntry entry) {
    var out = new ByteWriter(64);
    write(out, entry);
    return out.size();
  }

  static void write(ByteWriter out, PolicyEntry entry) {
    out.bytes(entry.prefix()).i64(entry.hlc()).i64(entry.node().value());
    if (entry.policy().isEmpty()) {
      out.u8(0);
      return;
    }
    var policy = entry.policy().get();
    out.u8(STANDS | flag(policy.conflict().map(kept -> kept == Conflict.LATEST), CONFLICT, LATEST)
        | flag(policy.strong(), MODE, STRONG)
        | (policy.read().isPresent() ? READ : 0) | (policy.write().isPresent() ? WRITE : 0)
        | (policy.replicas().isPresent() ? REPLICAS : 0));
    policy.read().ifPresent(level -> out.text(level.toString()));
    policy.write().ifPresent(level -> out.text(level.toString()));
    policy.replicas().ifPresent(out::u8);
  }

  private static int flag(Optional<Boolean> value, int isSet, int isTrue) {
    return value.isEmpty() ? 0 : value.get() ? isSet | isTrue : isSet;
  }

  static PolicyEntry read(ByteReader in) {
    Bytes prefix = in.bytes();
    long hlc = in.i64();
    var node = new NodeId(in.i64());
    int said = in.u8();
    if ((said & STANDS) == 0 && said != 0) {
      throw new MalformedException("a removed policy that says " + said);
    }
    try {
      return new PolicyEntry(prefix, said == 0 ? Optional.empty() : Optional.of(policy(in, said)), hlc, node);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedException(wrong.getMessage());
    }
  }

  private static Policy policy(ByteReader in, int said) {
    var latest = flag(said, CONFLICT, LATEST);
    return new Policy(latest.map(is -> is ? Conflict.LATEST : Conflict.SIBLINGS), level(in, said, READ),
        level(in, said, WRITE),
        (said & REPLICAS) == 0 ? OptionalInt.empty() : OptionalInt.of(in.u8()), flag(said, MODE, STRONG));
  }

  private static Optional<Boolean> flag(int said, int isSet, int isTrue) {
    if ((said & isSet) == 0 && (said & isTrue) != 0) {
      throw new MalformedException("a policy that says " + said);
    }
    return (said & isSet) == 0 ? Optional.empty() : Optional.of((said & isTrue) != 0);
  }

  private static Optional<Level> level(ByteReader in, int said, int isSet) {
    return (said & isSet) == 0 ? Optional.empty() : Optional.of(Level.parse(in.text()));
  }
}
