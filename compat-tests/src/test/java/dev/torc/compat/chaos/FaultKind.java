package dev.torc.compat.chaos;

/** What can be done to five nodes. */
enum FaultKind {
  /** One or two nodes cut off from the others. */
  PARTITION("full partition", true),
  /** A node that hears nobody, or that nobody hears. */
  ONE_WAY("one-way partition", true),
  /** Two sides that do not hear each other, and one node that hears both. */
  BRIDGE("bridge", true),
  /** A partition that comes and goes. */
  FLAPPING("flapping partition", true),
  /** A part of all packets between nodes. */
  LOSS("packet loss", true),
  /** All packets of a node are late, out of order, and some come twice. */
  DELAY("delay, reordering, duplicates", true),
  /** kill -9 of one or two nodes. */
  KILL("kill -9", false),
  /** SIGSTOP, later SIGCONT. */
  PAUSE("pause (SIGSTOP)", false),
  /** Not a byte is left. */
  FULL_DISK("full disk", false),
  /** The wall clock jumps, ahead or back, within what is allowed or beyond, and later jumps to the right time. */
  CLOCK("wrong clock", false),
  /** kill -9, and what was not synced is gone. */
  POWER_CUT("power cut", false);

  final String text;
  /** Else to a process; one of each may be at work at a time. */
  final boolean isOfNetwork;

  FaultKind(String text, boolean isOfNetwork) {
    this.text = text;
    this.isOfNetwork = isOfNetwork;
  }
}
