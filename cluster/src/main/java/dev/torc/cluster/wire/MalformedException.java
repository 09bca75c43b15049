package dev.torc.cluster.wire;

/** Bytes that are not what they claim to be: truncated, forged, or of a version that this node does not speak. Caught once per socket. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
