package dev.torc.verticles.config;

/**
 * The client socket and its limits.
 *
 * @param port of RESP
 * @param maxClients connections at a time
 * @param idleTimeoutMillis a silent connection is closed after this; 0 is never
 * @param commandTimeoutMillis a half-sent command closes its connection after this; 0 is never
 * @param outputPauseBytes unread replies at which a connection's commands are no longer read
 * @param outputLimitBytes unread replies at which a connection is closed
 * @param inputLimitBytes what all connections' large commands may hold together
 * @param replyLimitBytes what all connections' large replies may hold together
 * @param maxPipelined commands of one connection in progress at a time
 * @param maxBulkBytes the longest argument (proto-max-bulk-len)
 * @param maxKeyBytes the longest key
 * @param maxMultibulk the most arguments in one command
 * @param maxInlineBytes the longest inline command
 */
public record ClientSettings(int port, int maxClients, long idleTimeoutMillis, long commandTimeoutMillis,
    long outputPauseBytes, long outputLimitBytes, long inputLimitBytes, long replyLimitBytes, int maxPipelined,
    int maxBulkBytes, int maxKeyBytes, int maxMultibulk,
    int maxInlineBytes) {

  private static final long WEEK_MILLIS = 7 * 24 * 3_600_000L;

  public ClientSettings {
    Allowed.port("torc.client.port", port);
    Allowed.count("torc.client.max-clients", maxClients, 1, 1_000_000);
    Allowed.millis("torc.client.idle-timeout", idleTimeoutMillis, 0, WEEK_MILLIS);
    Allowed.millis("torc.client.command-timeout", commandTimeoutMillis, 0, 3_600_000);
    Allowed.bytes("torc.client.output-limit", outputLimitBytes, 16 << 10, 4L << 30);
    Allowed.bytes("torc.client.output-pause", outputPauseBytes, 16 << 10, outputLimitBytes);
    Allowed.count("torc.client.max-pipelined", maxPipelined, 1, 100_000);
    Allowed.bytes("torc.client.max-bulk", maxBulkBytes, 1 << 10, 512 << 20);
    Allowed.bytes("torc.client.max-key", maxKeyBytes, 1, 64 << 10);
    Allowed.bytes("torc.client.input-limit", inputLimitBytes, 3L * maxBulkBytes, 1L << 40);
    Allowed.bytes("torc.client.reply-limit", replyLimitBytes, 64 << 10, 1L << 40);
    Allowed.count("torc.client.max-multibulk", maxMultibulk, 16, 1 << 24);
    Allowed.bytes("torc.client.max-inline", maxInlineBytes, 64, 1 << 20);
  }

  static ClientSettings from(Settings settings, Machine machine) {
    int maxBulkBytes = settings.bytesInt("torc.client.max-bulk");
    return new ClientSettings(settings.count("torc.client.port"), settings.count("torc.client.max-clients"),
        settings.millis("torc.client.idle-timeout"), settings.millis("torc.client.command-timeout"),
        settings.bytes("torc.client.output-pause"), settings.bytes("torc.client.output-limit"),
        settings.autoOrBytes("torc.client.input-limit", machine.inputBytes(maxBulkBytes)),
        settings.autoOrBytes("torc.client.reply-limit", machine.outputBytes()),
        settings.count("torc.client.max-pipelined"), maxBulkBytes,
        settings.bytesInt("torc.client.max-key"), settings.count("torc.client.max-multibulk"),
        settings.bytesInt("torc.client.max-inline"));
  }
}
