package dev.torc.cluster.coordination;

/** Who waits for an operation's outcome. */
sealed interface Sink {

  /** A client of this node, under the shell's number for its request. */
  record Client(long request) implements Sink {}

  /** A peer that forwarded it, under the peer's id. */
  record Peer(long origin, long id) implements Sink {}

  /** It is done for its own sake. */
  record Nobody() implements Sink {}

  /** A larger operation of this coordinator, of which it is a part. @param number by which that one knows it */
  record Part(Coordination whole, int number) implements Sink {
    Part(Coordination whole) {
      this(whole, 0);
    }
  }
}
