package dev.torc.protocol.resp;

/** The version that a connection speaks: RESP2 until {@code HELLO 3}. */
public enum RespVersion {
  RESP2(2),
  RESP3(3);

  private final int number;

  RespVersion(int number) {
    this.number = number;
  }

  /** 2 or 3, as HELLO names it. */
  public int number() {
    return number;
  }
}
