package dev.torc.protocol.resp;

/**
 * The stream of a client cannot be understood any further: answer {@link #errorText()} behind the replies of the earlier commands, and close.
 * Carries no stack trace, because a client causes it and not our code.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean silent;

  private ProtocolException(String text, boolean silent) {
    super(text, null, false, false);
    this.silent = silent;
  }

  /** @param text what follows {@code ERR Protocol error: } */
  public static ProtocolException of(String text) {
    return new ProtocolException("ERR Protocol error: " + text, false);
  }

  /** A browser was tricked into talking to us: close without a word. */
  static ProtocolException silently() {
    return new ProtocolException("a HTTP request", true);
  }

  /** Whether to close without an answer. */
  public boolean silent() {
    return silent;
  }

  /** The whole error, {@code ERR Protocol error: …}, without the leading dash. */
  public String errorText() {
    return getMessage();
  }
}
