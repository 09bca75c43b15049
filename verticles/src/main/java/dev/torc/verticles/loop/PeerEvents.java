package dev.torc.verticles.loop;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;

/** What an event loop's links to other nodes tell, on that loop. */
public interface PeerEvents {

  /** @param origin the connection by which it came; an answer to it goes back there */
  void onPeerMessage(long origin, PeerMessage message);

  void onPeerUp(NodeId peer);

  void onPeerDown(NodeId peer);
}
