package dev.torc.verticles;

/** A node that does not start for a reason an operator can act upon; the message is one line, and no stack trace is wanted. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartException(String line) {
    super(line);
  }

  public StartException(String line, Throwable cause) {
    super(line, cause);
  }
}
