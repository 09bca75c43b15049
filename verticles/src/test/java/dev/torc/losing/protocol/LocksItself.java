package dev.torc.losing.protocol;

final class LocksItself {
  private volatile int turns;

  synchronized int turn() {
    return turns + 1;
  }
}
