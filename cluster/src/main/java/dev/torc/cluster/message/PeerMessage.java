package dev.torc.cluster.message;

import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;

/**
 * What nodes say to each other over TCP: requests, each under an id of the asker's that never comes again (not after a restart either), and their
 * answers on the same connection. {@code hlc} is the sender's clock.
 */
public sealed interface PeerMessage {
  long id();

  long hlc();

  /** Something that is to be done, and its deadline (wall time of the asker): later than that it is refused, so that no copy in flight outlives it. */
  sealed interface Ask extends PeerMessage {
    long deadlineMillis();
  }

  /** A replica's duty: this step, on your store. */
  record Perform(long id, long deadlineMillis, long hlc, StoreStep step) implements Ask {}

  record Performed(long id, long hlc, StoreAnswer answer) implements PeerMessage {}

  /** A write, or a strong operation, for a replica to coordinate, from a node that is none. */
  record Forward(long id, long deadlineMillis, long hlc, Request.ToReplica request) implements Ask {}

  record Forwarded(long id, long hlc, Outcome outcome) implements PeerMessage {}
}
