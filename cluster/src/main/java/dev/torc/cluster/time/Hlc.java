package dev.torc.cluster.time;

/**
 * Hybrid logical clock readings, packed into one long: 48 bits of milliseconds since 1970, 16 bits of counter. They order as numbers; 0 is
 * before all. (Kulkarni et al., "Logical Physical Clocks", 2014.)
 */
public final class Hlc {
  public static final int COUNTER_BITS = 16;

  private Hlc() {}

  /** The first reading within the millisecond. */
  public static long atMillis(long millis) {
    return millis << COUNTER_BITS;
  }

  public static long millis(long hlc) {
    return hlc >>> COUNTER_BITS;
  }
}
