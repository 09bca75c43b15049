package dev.torc.verticles.loop;

import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.HintAnswer.Owed;
import dev.torc.cluster.storage.HintAnswer.Tally;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** How many hints this node holds, as it was told last. Told by the loop of the background work, read by anybody. */
public final class PendingHints {
  private final List<Consumer<Tally>> followers = new CopyOnWriteArrayList<>();
  private volatile Tally tally = new Tally(List.of(), Tally.NONE);

  public void onTally(Tally now) {
    tally = now;
    followers.forEach(follower -> follower.accept(now));
  }

  /** @param follower called with each tally, on the loop that tells it */
  public void follow(Consumer<Tally> follower) {
    followers.add(follower);
  }

  public Tally tally() {
    return tally;
  }

  public long of(NodeId owner) {
    return tally.owners().stream().filter(owed -> owed.owner().equals(owner)).mapToLong(Owed::hints).sum();
  }
}
