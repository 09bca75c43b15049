package dev.torc.verticles.gossip;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The current {@link ClusterView}, for every thread of the node; gossip replaces it, and those who follow are told on their own event loops. */
public final class SharedView {
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private volatile ClusterView current;

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

  void publish(ClusterView view) {
    current = view;
    followers.forEach(follower -> follower.context.runOnContext(nothing -> follower.listener.accept(view)));
  }
}
