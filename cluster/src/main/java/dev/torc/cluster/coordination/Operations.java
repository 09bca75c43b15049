package dev.torc.cluster.coordination;

import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.protocol.command.Level;

/** Which operation carries out a request. */
final class Operations {
  private Operations() {}

  /** Coordinates the write if this node is a replica of its key, otherwise has one do it; also if its own disk is slow and another replica is not. */
  static Coordination writeOf(Request.Write write, Sink sink, Turn turn) {
    var replicas = turn.ring().preferenceList(write.key().slot(), write.terms().replicas());
    boolean isReplica = replicas.contains(turn.self());
    if (!isReplica || turn.isSlow(turn.self())) {
      var order = ReplicaOrder.of(replicas, write.level(), turn);
      if (!isReplica || !turn.isSlow(order.at(0))) {
        return new ForwardCoordination(write, order, sink);
      }
    }
    return coordinated(write, sink, turn);
  }

  /** What a peer has sent on is carried out here, or two nodes whose disks are slow would send it to each other. */
  static Coordination forwarded(Request.ToReplica asked, Sink sink, Turn turn) {
    return asked instanceof Request.Write write ? coordinated(write, sink, turn) : of(asked, sink, turn);
  }

  /** By this node, be it a replica or not. */
  static Coordination coordinated(Request.Write write, Sink sink, Turn turn) {
    var replicas = turn.ring().preferenceList(write.key().slot(), write.terms().replicas());
    return write.keepsExpiry()
        ? new KeepExpiryCoordination(write, sink)
        : new WriteCoordination(write, replicas, sink, turn);
  }

  private static Coordination proposalOf(Request.Propose propose, Sink sink, Turn turn) {
    var replicas = turn.ring().preferenceList(propose.key().slot(), propose.terms().replicas());
    return new StrongCoordination(propose, replicas, sink);
  }

  static Coordination of(Request asked, Sink sink, Turn turn) {
    return switch (asked) {
      case Request.Read read when read.level() instanceof Level.Strong ->
        new StrongReadCoordination(read,
            ReplicaOrder.of(turn.ring().preferenceList(read.key().slot(), read.terms().replicas()), turn), sink);
      case Request.Read read when read.bound().maxStaleMillis() != ReadBound.ANY_AGE ->
        new BoundedReadCoordination(read, sink);
      case Request.Read read ->
        new ReadCoordination(read, turn.ring().preferenceList(read.key().slot(), read.terms().replicas()), sink, turn);
      case Request.Write write -> writeOf(write, sink, turn);
      case Request.Strong strong -> new ChangeCoordination(strong, sink);
      case Request.Propose propose -> proposalOf(propose, sink, turn);
      case Request.StrongAll all -> JointCoordination.of(all, sink, turn);
      case Request.Scan scan -> new ScanCoordination(scan, sink);
      case Request.Explain explain -> new ExplainCoordination(explain, sink);
      case Request.Confirm confirm -> new ConfirmCoordination(confirm, sink);
      case Request.CountAll count -> new CountCoordination(sink);
      case Request.CountHere count -> new LocalCoordination(new StoreStep.Count(count.ranges()), sink);
      case Request.ScanHere scan ->
        new LocalCoordination(new StoreStep.Scan(scan.ranges(), scan.from(), scan.limit()), sink);
      case Request.Flush flush -> new FlushCoordination(Level.QUORUM, sink);
    };
  }
}
