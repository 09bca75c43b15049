package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.command.Level;

/**
 * {@code SET … KEEPTTL}: a quorum read for the expiry that is to be kept, then the write. This coordinator's own replica could be behind, so its
 * word alone would not do. Two such writes at once, or one and an {@code EXPIRE}, are not atomic; that takes a strong operation.
 */
final class KeepExpiryCoordination extends Coordination {
  private final Request.Write write;

  KeepExpiryCoordination(Request.Write write, Sink sink) {
    super(sink, write.terms().timeoutMillis());
    this.write = write;
  }

  @Override
  void start(Turn turn) {
    var read = new Request.Read(write.key(),
        write.terms().at(write.level().countsHints() ? Level.SLOPPY : Level.QUORUM), ReadBound.NONE);
    var replicas = turn.ring().preferenceList(write.key().slot(), write.terms().replicas());
    turn.open(new ReadCoordination(read, replicas, new Sink.Part(this), turn));
  }

  @Override
  void onPart(Outcome outcome, Turn turn) {
    if (outcome instanceof Outcome.Found found) {
      long expiry = found.record().latestLive(turn.now().wallMillis()).map(s -> s.content().expiresAtMillis())
          .orElse(Content.NEVER);
      var content = Content.of(write.content().value(), expiry);
      var kept = new Request.Write(write.key(), content, false, write.causality(), write.terms());
      var replicas = turn.ring().preferenceList(write.key().slot(), write.terms().replicas());
      turn.open(new WriteCoordination(kept, replicas, sink(), turn));
    } else {
      turn.reply(this, outcome);
    }
    turn.end(this);
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {}

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {}

  @Override
  void onTimeout(Turn turn) {}
}
