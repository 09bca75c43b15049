package dev.torc.cluster.wire;

import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;

/**
 * The binary form of a record and of a version vector, on disk and between nodes.
 *
 * <pre>
 * record  = format (1 byte, now 1) vector count(siblings) sibling…
 * vector  = count { actor (8) hlc (8) } …            actors ascending
 * sibling = flags (1) index of the actor in the vector [hlc (8)] [expiry ms] [value, length first]
 *           flags: 1 tombstone, 2 has an expiry, 4 the hlc is not the vector's own
 * </pre>
 *
 * Counts, lengths and the expiry are variable-length. A record of one actor costs 22 bytes over its key and value, 28 with an expiry.
 */
public final class RecordCodec {
  private static final int FORMAT = 1;
  private static final int TOMBSTONE = 1;
  private static final int EXPIRES = 2;
  private static final int OLDER = 4;

  private RecordCodec() {}

  public static byte[] encode(StoredRecord record) {
    var out = new ByteWriter((int) Math.min(1 << 30, 40 + 24L * record.version().size() + record.valueBytes()));
    write(record, out);
    return out.toArray();
  }

  /** @throws MalformedException if these are not a record's bytes, whole */
  public static StoredRecord decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    var record = read(in);
    in.end();
    return record;
  }

  public static void write(StoredRecord record, ByteWriter out) {
    out.u8(FORMAT);
    writeVersion(record.version(), out);
    out.varint(record.siblings().size());
    for (var sibling : record.siblings()) {
      writeSibling(sibling, record.version(), out);
    }
  }

  public static StoredRecord read(ByteReader in) {
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedException("a record of format " + format);
    }
    var version = readVersion(in);
    int count = in.count(2);
    var siblings = new ArrayList<Sibling>(count);
    for (int i = 0; i < count; i++) {
      siblings.add(readSibling(version, in));
    }
    try {
      return version.size() == 0 && count == 0 ? StoredRecord.EMPTY : new StoredRecord(version, siblings);
    } catch (IllegalArgumentException broken) {
      throw new MalformedException(broken.getMessage());
    }
  }

  public static void writeVersion(VersionVector version, ByteWriter out) {
    out.varint(version.size());
    for (int i = 0; i < version.size(); i++) {
      out.i64(version.actorAt(i)).i64(version.hlcAt(i));
    }
  }

  public static VersionVector readVersion(ByteReader in) {
    int count = in.count(16);
    var actors = new long[count];
    var hlcs = new long[count];
    for (int i = 0; i < count; i++) {
      actors[i] = in.i64();
      hlcs[i] = in.i64();
    }
    try {
      return VersionVector.ofSorted(actors, hlcs);
    } catch (IllegalArgumentException broken) {
      throw new MalformedException(broken.getMessage());
    }
  }

  public static void writeContent(Content content, ByteWriter out) {
    out.u8(flags(content));
    writeBody(content, out);
  }

  public static Content readContent(ByteReader in) {
    return readBody(flags(in, TOMBSTONE | EXPIRES), in);
  }

  private static void writeSibling(Sibling sibling, VersionVector version, ByteWriter out) {
    int index = version.indexOf(sibling.dot().actor());
    boolean older = version.hlcAt(index) != sibling.dot().hlc();
    out.u8(flags(sibling.content()) | (older ? OLDER : 0)).varint(index);
    if (older) {
      out.i64(sibling.dot().hlc());
    }
    writeBody(sibling.content(), out);
  }

  private static Sibling readSibling(VersionVector version, ByteReader in) {
    int flags = flags(in, TOMBSTONE | EXPIRES | OLDER);
    long index = in.varint();
    if (index < 0 || index >= version.size()) {
      throw new MalformedException("a sibling of an actor outside the version vector");
    }
    long own = version.hlcAt((int) index);
    long hlc = (flags & OLDER) != 0 ? in.i64() : own;
    if (hlc <= 0 || hlc == own && (flags & OLDER) != 0) {
      throw new MalformedException("a sibling's hlc of " + hlc);
    }
    return new Sibling(new Dot(version.actorAt((int) index), hlc), readBody(flags, in));
  }

  private static int flags(Content content) {
    return (content.isTombstone() ? TOMBSTONE : 0) | (content.expiresAtMillis() != Content.NEVER ? EXPIRES : 0);
  }

  private static int flags(ByteReader in, int allowed) {
    int flags = in.u8();
    if ((flags & ~allowed) != 0) {
      throw new MalformedException("flags of " + flags);
    }
    return flags;
  }

  private static void writeBody(Content content, ByteWriter out) {
    if (content.expiresAtMillis() != Content.NEVER) {
      out.varint(content.expiresAtMillis());
    }
    if (!content.isTombstone()) {
      out.bytes(content.value());
    }
  }

  private static Content readBody(int flags, ByteReader in) {
    long expiresAtMillis = (flags & EXPIRES) != 0 ? in.varint() : Content.NEVER;
    if (expiresAtMillis < 0 || (flags & EXPIRES) != 0 && expiresAtMillis == Content.NEVER) {
      throw new MalformedException("an expiry of " + expiresAtMillis);
    }
    boolean tombstone = (flags & TOMBSTONE) != 0;
    return new Content(tombstone, tombstone ? Bytes.EMPTY : in.bytes(), expiresAtMillis);
  }
}
