package dev.torc.compat.chaos;

/** What can be done to five nodes. */
enum FaultKind {
  /** One or two nodes cut off from the others. */
  PARTITION("full partition", true, true),
  /** A node that hears nobody, or that nobody hears. */
  ONE_WAY("one-way partition", true, false),
  /** Two sides that do not hear each other, and one node that hears both. */
  BRIDGE("bridge", true, false),
  /** A partition that comes and goes. */
  FLAPPING("flapping partition", true, false),
  /** A part of all packets between nodes. */
  LOSS("packet loss", true, false),
  /** All packets of a node are late, out of order, and some come twice. */
  DELAY("delay, reordering, duplicates", true, false),
  /** kill -9 of one or two nodes. */
  KILL("kill -9", false, true),
  /** SIGSTOP, later SIGCONT. */
  PAUSE("pause (SIGSTOP)", false, true),
  /** Not a byte is left. */
  FULL_DISK("full disk", false, false),
  /** The wall clock jumps, ahead or back, within what is allowed or beyond, and later jumps to the right time. */
  CLOCK("wrong clock", false, false),
  /** kill -9, and what was not synced is gone. */
  POWER_CUT("power cut", false, true);

  final String text;
  /** Else to a process; one of each may be at work at a time. */
  final boolean isOfNetwork;
  /** Whether a node says nothing to any other: if that goes on, it is found down. */
  final boolean silences;

  FaultKind(String text, boolean isOfNetwork, boolean silences) {
    this.text = text;
    this.isOfNetwork = isOfNetwork;
    this.silences = silences;
  }
}
