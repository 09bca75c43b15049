package dev.torc.verticles.gossip;

import dev.torc.engine.EngineException;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current {@link ClusterView}, for every thread of the node; gossip replaces it, and those who follow are told on their own event loops. And the way back: what
 * clients want changed for the whole cluster.
 */
public final class SharedView {
  private static final Logger LOG = LoggerFactory.getLogger(SharedView.class);

  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private volatile ClusterView current;

  private volatile Receiver receiver;

  private record Receiver(Context context, Predicate<PolicyChange> changes) {}

  private record Follower(Context context, Consumer<ClusterView> listener) {}

  public SharedView(ClusterView first) {
    this.current = first;
  }

  public ClusterView current() {
    return current;
  }

  /** Tells the listener of the current view at once and of each later one, on the given context. */
  public void follow(Context context, Consumer<ClusterView> listener) {
    followers.add(new Follower(context, listener));
    context.runOnContext(nothing -> listener.accept(current));
  }

  /** Hands a change to gossip, once the cluster has formed; what became of it is told on the given context. */
  public void change(PolicyChange change, Context context, Consumer<PolicyChange.Fate> told) {
    var worker = receiver;
    worker.context.runOnContext(nothing -> {
      var fate = fate(change, worker.changes);
      context.runOnContext(back -> told.accept(fate));
    });
  }

  private static PolicyChange.Fate fate(PolicyChange change, Predicate<PolicyChange> changes) {
    try {
      return changes.test(change) ? PolicyChange.Fate.KEPT : PolicyChange.Fate.NO_ROOM;
    } catch (EngineException unwritten) {
      LOG.error("a changed policy was not written", unwritten);
      return PolicyChange.Fate.NOT_ON_DISK;
    }
  }

  /** Hands the changes to the given context from now on, where they are taken, or not if there is no room. */
  void receive(Context context, Predicate<PolicyChange> changes) {
    receiver = new Receiver(context, changes);
  }

  void publish(ClusterView view) {
    current = view;
    followers.forEach(follower -> follower.context.runOnContext(nothing -> follower.listener.accept(view)));
  }
}
