package dev.torc.verticles.loop;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;

/** A coordinator's ways to other nodes. */
public interface Peers {

  /** False if the message surely does not leave. */
  boolean send(NodeId to, PeerMessage message);

  /** Back on the connection by which a request came; dropped if that is gone. */
  void answer(long origin, PeerMessage message);
}
