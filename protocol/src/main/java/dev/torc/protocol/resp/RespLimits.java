package dev.torc.protocol.resp;

/**
 * What one request may cost.
 *
 * @param maxBulkBytes the longest word in bytes (Redis: {@code proto-max-bulk-len})
 * @param maxMultibulk the most words of one command
 * @param maxInlineBytes the longest inline command, and the longest header line, in bytes
 */
public record RespLimits(int maxBulkBytes, int maxMultibulk, int maxInlineBytes) {
  /** 10 MB, 1,048,576 words, 64 KB. */
  public static final RespLimits DEFAULT = new RespLimits(10 * 1024 * 1024, 1024 * 1024, 64 * 1024);

  /** The most words of a command from a client that has not said who it is (CVE-2021-32675). */
  static final int UNAUTHENTICATED_MULTIBULK = 10;
  /** The longest word in bytes from such a client. */
  static final int UNAUTHENTICATED_BULK_BYTES = 16_384;

  private static final int MOST = 512 * 1024 * 1024;

  public RespLimits {
    check("maxBulkBytes", maxBulkBytes, MOST);
    check("maxMultibulk", maxMultibulk, MOST);
    check("maxInlineBytes", maxInlineBytes, MOST);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " = " + value + ", allowed are 1 to " + most);
    }
  }
}
