package dev.torc.losing.verticles;

public final class HasAGetter {
  public int getPort() { return 7001; }
}
