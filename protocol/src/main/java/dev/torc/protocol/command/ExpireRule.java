package dev.torc.protocol.command;

/**
 * Which expiries EXPIRE and its kin may replace. All false: any. NX goes with no other, GT and LT not with each other.
 *
 * @param nx only where there is none
 * @param xx only where there is one
 * @param gt only by a later one
 * @param lt only by an earlier one
 */
public record ExpireRule(boolean nx, boolean xx, boolean gt, boolean lt) {
  public static final ExpireRule ANY = new ExpireRule(false, false, false, false);

  public ExpireRule {
    if (nx && (xx || gt || lt) || gt && lt) {
      throw new IllegalArgumentException("nx, xx, gt, lt = " + nx + ", " + xx + ", " + gt + ", " + lt);
    }
  }

  /**
   * Of GT and LT, a key without an expiry counts as one that expires at the end of all time.
   *
   * @param currentUnixMillis 0 for none
   */
  public boolean allows(long currentUnixMillis, long newUnixMillis) {
    boolean never = currentUnixMillis == 0;
    return !(nx && !never || xx && never || gt && (never || newUnixMillis <= currentUnixMillis)
        || lt && !never && newUnixMillis >= currentUnixMillis);
  }
}
