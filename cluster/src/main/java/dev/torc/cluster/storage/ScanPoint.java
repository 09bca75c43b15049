package dev.torc.cluster.storage;

/**
 * Where a scan stands: all keys below are behind it. As a number it is the cursor of {@code SCAN}: 14 bits of slot, 48 of position.
 *
 * @param slot 0 … 16384, the latter for the end
 */
public record ScanPoint(int slot, long position) implements Comparable<ScanPoint> {
  private static final int SLOTS = 16384;
  public static final ScanPoint START = new ScanPoint(0, 0);
  public static final ScanPoint END = new ScanPoint(SLOTS, 0);

  public ScanPoint {
    if (slot < 0 || slot > SLOTS || position < 0 || position > Key.LAST_POSITION) {
      throw new IllegalArgumentException("no such place: slot " + slot + ", position " + position);
    }
  }

  /** The first place behind all keys at this key's position. */
  public static ScanPoint after(Key key) {
    return key.position() == Key.LAST_POSITION
        ? new ScanPoint(key.slot() + 1, 0)
        : new ScanPoint(key.slot(), key.position() + 1);
  }

  /** @throws IllegalArgumentException if the number is no place */
  public static ScanPoint ofCursor(long cursor) {
    return new ScanPoint((int) Math.min(cursor >>> 48, SLOTS + 1L), cursor & Key.LAST_POSITION);
  }

  /** 0 for the end, as Redis has it. */
  public long cursor() {
    return slot == SLOTS ? 0 : (long) slot << 48 | position;
  }

  public boolean isEnd() { return slot == SLOTS; }

  public boolean isBehind(Key key) {
    return key.slot() < slot || key.slot() == slot && key.position() < position;
  }

  @Override
  public int compareTo(ScanPoint other) {
    int bySlot = Integer.compare(slot, other.slot);
    return bySlot != 0 ? bySlot : Long.compare(position, other.position);
  }
}
