package dev.torc.protocol.command;

/** Ends the parsing of a command that cannot be run; {@link CommandParser} alone catches it. No stack trace: a client causes it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param error with its code */
  Refusal(String error) {
    super(error, null, false, false);
  }
}
