package dev.torc.verticles.client;

/**
 * How a connection ends from this side: nothing more is read of it, what was asked before is answered, then it is closed. After garbage a little later:
 * a client that is in the middle of sending what was refused would lose the error to a reset of the connection, so what still comes is thrown away first, for
 * as long as it comes, within bounds.
 */
final class Farewell {
  private static final int LOOK_MILLIS = 50;
  private static final int MOST_LOOKS = 40;

  private boolean begun;
  private boolean lingers;
  private boolean said;
  private long discardedBytes;

  boolean isBegun() { return begun; }

  /** @param patient whether to wait for what the client may be sending still */
  void begin(boolean patient) {
    begun = true;
    lingers |= patient;
  }

  void onData(int bytes) {
    discardedBytes += bytes;
  }

  /** Everything is answered. */
  void say(ClientLoop loop, Runnable close) {
    if (!said && lingers) {
      linger(loop, close, MOST_LOOKS);
    } else if (!said) {
      close.run();
    }
    said = true;
  }

  private void linger(ClientLoop loop, Runnable close, int looks) {
    long before = discardedBytes;
    loop.later(LOOK_MILLIS, () -> {
      if (looks == 0 || discardedBytes == before) {
        close.run();
      } else {
        linger(loop, close, looks - 1);
      }
    });
  }
}
