package dev.torc.verticles.loop;

import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.Ring;

/** The machines of one event loop, which share its links: each is told everything, and ignores what is not for it. */
public record LoopMachines(CoordinatorShell coordinator, UpkeepShell upkeep) implements PeerEvents {

  @Override
  public void onPeerMessage(long origin, PeerMessage message) {
    coordinator.onPeerMessage(origin, message);
    upkeep.onPeerMessage(message);
  }

  @Override
  public void onPeerUp(NodeId peer) {
    coordinator.onPeerUp(peer);
    upkeep.onPeerUp(peer);
  }

  @Override
  public void onPeerDown(NodeId peer) {
    coordinator.onPeerDown(peer);
    upkeep.onPeerDown(peer);
  }

  /** Before anything else. */
  public void connect(Peers ways) {
    coordinator.connect(ways);
    upkeep.connect(ways);
  }

  public void onRing(Ring ring) {
    coordinator.onRing(ring);
    upkeep.onRing(ring);
  }

  public void onTick() {
    coordinator.onTick();
    upkeep.onTick();
  }
}
