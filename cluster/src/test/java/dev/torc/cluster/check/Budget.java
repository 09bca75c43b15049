package dev.torc.cluster.check;

/** How far a search may go: what it remembers bounds the memory, the steps that it tries bound the time. */
final class Budget {
  private long configurations;
  private long steps;

  Budget(long configurations, long steps) {
    this.configurations = configurations;
    this.steps = steps;
  }

  void step() {
    steps--;
  }

  void configuration() {
    configurations--;
  }

  boolean isSpent() { return steps < 0 || configurations < 0; }
}
