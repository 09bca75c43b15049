package dev.torc.verticles.client;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** All connections of the node's clients, over all event loops. */
public final class Clients {
  private final ConcurrentSkipListMap<Long, ClientConnection> connections = new ConcurrentSkipListMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile int limit;

  public Clients(int limit) {
    this.limit = limit;
  }

  long nextId() {
    return lastId.incrementAndGet();
  }

  /** False if there are as many as allowed. */
  boolean admit(ClientConnection connection) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      rejected.increment();
      return false;
    }
    accepted.increment();
    connections.put(connection.session().id, connection);
    return true;
  }

  void remove(ClientConnection connection) {
    if (connections.remove(connection.session().id) != null) {
      open.decrementAndGet();
    }
  }

  List<ClientConnection> all() {
    return List.copyOf(connections.values());
  }

  public int open() {
    return open.get();
  }

  /** Those with an open session, about. */
  public long sessions() {
    return connections.values().stream().filter(client -> client.session().terms.session().isPresent()).count();
  }

  public int limit() {
    return limit;
  }

  void limitTo(int newLimit) {
    limit = newLimit;
  }

  public long accepted() {
    return accepted.sum();
  }

  public long rejected() {
    return rejected.sum();
  }
}
