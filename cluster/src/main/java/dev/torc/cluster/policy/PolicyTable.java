package dev.torc.cluster.policy;

import dev.torc.cluster.ring.NodeId;
import dev.torc.protocol.Bytes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which policy a key has: the longest prefix that says something decides, attribute by attribute.
 *
 * <p>A table is a map from prefixes to entries, and two tables combine by keeping of each prefix the later entry: in whatever order nodes hear of changes, their
 * tables become equal. A removal is an entry too, or the next node that had not heard of it would bring the policy back; it is kept for
 * {@link #REMOVED_KEPT_MILLIS}. A table has at most {@link #MAX_ENTRIES}: a node takes no change that would make it one more, and should several nodes do so
 * at once, all tables keep the same first ones by prefix.
 *
 * <p>A key is looked up in one binary search and without allocation: what sorts just before the key begins with the longest prefix of the key, or is it, and
 * each prefix knows the next shorter one and the policy that it comes to with all of them.
 */
public final class PolicyTable {
  public static final int MAX_ENTRIES = 1_000;
  /** A node that was away longer may bring a removed policy back. */
  public static final long REMOVED_KEPT_MILLIS = 7L * 24 * 3600 * 1000;
  public static final PolicyTable EMPTY = new PolicyTable(List.of());

  private static final NodeId NOBODY = new NodeId(0);
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<PolicyEntry> entries;
  private final long digest;
  /** Those that say something, ascending. */
  private final byte[][] prefixes;
  /** Of each the place of its own longest prefix, or -1. */
  private final int[] shorter;
  /** Of each what it says, and where it is silent what the shorter ones say. */
  private final Policy[] effective;

  /** @param entries by prefix, none twice */
  private PolicyTable(List<PolicyEntry> entries) {
    this.entries = entries;
    this.digest = digest(entries);
    var said = said();
    prefixes = new byte[said.size()][];
    shorter = new int[said.size()];
    effective = new Policy[said.size()];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = said.get(i).prefix().array();
      shorter[i] = longestPrefix(i - 1, prefixes[i]);
      effective[i] = said.get(i).policy().orElseThrow().over(shorter[i] < 0 ? Policy.NONE : effective[shorter[i]]);
    }
  }

  public static PolicyTable of(Collection<PolicyEntry> entries) {
    return EMPTY.merge(entries);
  }

  /** What the configuration says: before everything that is ever said at run time. */
  public static PolicyTable configured(SortedMap<Bytes, Policy> policies) {
    return of(policies.entrySet().stream()
        .map(said -> new PolicyEntry(said.getKey(), Optional.of(said.getValue()), 0, NOBODY)).toList());
  }

  /** Of each prefix the later entry; this very table if there is nothing new. */
  public PolicyTable merge(PolicyTable other) {
    return merge(other.entries);
  }

  public PolicyTable merge(Collection<PolicyEntry> others) {
    var merged = united(others);
    while (merged.size() > MAX_ENTRIES) {
      merged.pollLastEntry();
    }
    return withEntries(merged.values());
  }

  /** Both, however many they are together. */
  PolicyTable over(PolicyTable below) {
    return withEntries(united(below.entries).values());
  }

  /** As it would be if the prefix said this, or nothing, from now on; for asking what would follow. */
  public PolicyTable with(Bytes prefix, Optional<Policy> policy) {
    var entries = united(List.of());
    entries.put(prefix, new PolicyEntry(prefix, policy, 0, NOBODY));
    return withEntries(entries.values());
  }

  /** Without the removals that have been kept long enough; this very table if there are none. */
  public PolicyTable forget(long wallMillis) {
    return withEntries(entries.stream().filter(entry -> !entry.isForgotten(wallMillis)).toList());
  }

  private TreeMap<Bytes, PolicyEntry> united(Collection<PolicyEntry> others) {
    var united = new TreeMap<Bytes, PolicyEntry>();
    entries.forEach(entry -> united.put(entry.prefix(), entry));
    others.forEach(entry -> united.merge(entry.prefix(), entry, (a, b) -> b.supersedes(a) ? b : a));
    return united;
  }

  private PolicyTable withEntries(Collection<PolicyEntry> newEntries) {
    var list = List.copyOf(newEntries);
    return list.equals(entries) ? this : new PolicyTable(list);
  }

  /** What holds for the key; what is empty in it is as the cluster's defaults say. */
  public Policy resolve(Bytes key) {
    return effective.length == 0 ? Policy.NONE : longest(key.array());
  }

  private Policy longest(byte[] key) {
    int low = 0;
    int high = prefixes.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (Arrays.compareUnsigned(prefixes[middle], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    int place = longestPrefix(high, key);
    return place < 0 ? Policy.NONE : effective[place];
  }

  /** @param place of the last one that does not sort behind the key */
  private int longestPrefix(int place, byte[] key) {
    int candidate = place;
    while (candidate >= 0 && !begins(prefixes[candidate], key)) {
      candidate = shorter[candidate];
    }
    return candidate;
  }

  private static boolean begins(byte[] prefix, byte[] key) {
    return prefix.length <= key.length && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
  }

  /** What is said of exactly this prefix; empty if nothing. */
  public Optional<Policy> at(Bytes prefix) {
    return said().stream().filter(entry -> entry.prefix().equals(prefix)).findFirst().flatMap(PolicyEntry::policy);
  }

  /** By prefix, removals among them. */
  public List<PolicyEntry> entries() {
    return entries;
  }

  /** By prefix, those whose policy says something. */
  public List<PolicyEntry> said() {
    return entries.stream().filter(entry -> entry.policy().isPresent() && !entry.policy().get().isEmpty()).toList();
  }

  public boolean knows(Bytes prefix) {
    return entries.stream().anyMatch(entry -> entry.prefix().equals(prefix));
  }

  /** Whether an entry of the prefix finds a place. */
  public boolean hasRoomFor(Bytes prefix) {
    return entries.size() < MAX_ENTRIES || knows(prefix);
  }

  /** The greatest stamp; 0 of an empty table. */
  public long lastHlc() {
    return entries.stream().mapToLong(PolicyEntry::hlc).max().orElse(0);
  }

  /** The same for equal tables, and all but surely for no others. */
  public long digest() {
    return digest;
  }

  /** FNV-1a over all that an entry is. */
  private static long digest(List<PolicyEntry> entries) {
    long digest = FNV_OFFSET;
    for (PolicyEntry entry : entries) {
      digest = digest(digest, entry.prefix().array());
      digest = digest(digest, entry.hlc());
      digest = digest(digest, entry.node().value());
      digest = digest(digest, Bytes.of(entry.text()).array());
    }
    return digest;
  }

  private static long digest(long before, byte[] bytes) {
    long digest = digest(before, bytes.length);
    for (byte b : bytes) {
      digest = (digest ^ b & 0xff) * FNV_PRIME;
    }
    return digest;
  }

  private static long digest(long before, long value) {
    long digest = before;
    for (int shift = 0; shift < 64; shift += 8) {
      digest = (digest ^ value >>> shift & 0xff) * FNV_PRIME;
    }
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyTable that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(digest);
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
