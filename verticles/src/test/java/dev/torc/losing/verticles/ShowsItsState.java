package dev.torc.losing.verticles;

public final class ShowsItsState {
  public static final byte[] WORD = new byte[4];
  public int port;
}
