package dev.torc.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The keys of {@link Table#META}. */
final class MetaKey {
  /** 8 bytes: the era of the actors ({@link Incarnation}). */
  static final byte[] ERA = text("era");
  /** There only between a clean stop and the next start. */
  static final byte[] CLEAN = text("clean");
  /** {@link SlotCounts}, as they stood at a clean stop. */
  static final byte[] COUNTS = text("counts");
  /** 8 bytes, only between a clean stop and the next start: {@link HashForest#partition()} of the trees that it left. */
  static final byte[] TREES = text("trees");
  /** Prefix, then N and the piece in 2 bytes ({@link ForestFile}). */
  static final byte[] TREE = text("tree/");
  /** Prefix, then the slot in 2 bytes: 8 bytes of era and 8 of actor. */
  static final byte[] ACTOR = text("actor/");
  /** Prefix, then the shard in 2 bytes: 8 bytes, the HLC reading that this shard never goes above without moving it. */
  static final byte[] LEASE = text("lease/");
  /** Prefix, then the shard in 2 bytes and the owner in 8: 8 bytes of how many hints, 8 of their bytes, 8 of when it last missed some ({@link HintTally}). */
  static final byte[] HINTS = text("hints/");
  /** Prefix, then the slot in 2 bytes: 8 bytes, while the slot is catching up ({@link SlotBook}). */
  static final byte[] CATCHING_UP = text("catching-up/");
  /** Prefix, then the slot in 2 bytes: the ballot's counter and proposer, 8 bytes each. */
  static final byte[] FLOOR = text("floor/");
  /** 8 bytes: the wall clock in milliseconds, every ten seconds or so. */
  static final byte[] ALIVE = text("alive");
  private static final String BLOB = "blob/";

  private MetaKey() {}

  static byte[] numbered(byte[] prefix, int number) {
    return ByteBuffer.allocate(prefix.length + 2).put(prefix).putShort((short) number).array();
  }

  static byte[] blob(String name) {
    return text(BLOB + name);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
