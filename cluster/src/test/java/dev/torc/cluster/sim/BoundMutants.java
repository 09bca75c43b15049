package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.Moment;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Context;
import java.util.List;
import java.util.TreeMap;

/** Those that promise more of an answer than they know: that it has seen what it was to, how old it is, who holds a write. */
final class BoundMutants {
  private BoundMutants() {}

  /** Answers with what the level has, whatever the client has seen. */
  static final class AnswersWithWhatItHas extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Read read
          ? new Request.Read(read.key(), read.terms(), new ReadBound(Context.NOTHING, read.bound().maxStaleMillis(),
              read.bound().latestOnly()))
          : request;
    }
  }

  /** Writes as if the client's session had seen nothing. */
  static final class WritesWithoutTheSession extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Write write
          ? new Request.Write(write.key(), write.content(), write.keepsExpiry(),
              new Causality(write.causality().context(), Context.NOTHING, write.causality().latestOnly()),
              write.terms())
          : request;
    }
  }

  /** Takes an answer for young because the key was found to be so not long ago, whatever it is that was found. */
  static final class BelievesTheClock extends Mutant {
    private final TreeMap<Key, Long> verified = new TreeMap<>();
    private final TreeMap<Long, Key> asked = new TreeMap<>();
    private final TreeMap<Long, Long> startedAt = new TreeMap<>();
    private final TreeMap<Long, Long> ages = new TreeMap<>();

    @Override
    Request asked(SimNode node, long id, Request request) {
      if (!(request instanceof Request.Read read) || read.bound().maxStaleMillis() == ReadBound.ANY_AGE) {
        return request;
      }
      long now = node.cluster().kernel().now();
      long age = now - verified.getOrDefault(read.key(), -1_000_000L);
      if (age <= read.bound().maxStaleMillis()) {
        ages.put(id, age);
        return new Request.Read(read.key(), read.terms(), new ReadBound(read.bound().after(), ReadBound.ANY_AGE,
            read.bound().latestOnly()));
      }
      asked.put(id, read.key());
      startedAt.put(id, now);
      return request;
    }

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream().map(this::aged).toList();
    }

    private Effect aged(Effect effect) {
      if (!(effect instanceof Effect.Reply reply) || !(reply.outcome() instanceof Outcome.Found found)) {
        return effect;
      }
      if (found.staleMillis() == 0 && asked.containsKey(reply.request())) {
        verified.put(asked.get(reply.request()), startedAt.get(reply.request()));
      }
      return ages.containsKey(reply.request())
          ? new Effect.Reply(reply.request(),
              new Outcome.Found(found.record(), found.replicas(), ages.get(reply.request())))
          : effect;
    }
  }

  /** Takes a write for being on disk that is only on its way there. */
  static final class ConfirmsUnsynced extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream().map(ConfirmsUnsynced::unsynced).toList();
    }

    private static Effect unsynced(Effect effect) {
      if (effect instanceof Effect.Store store && store.step() instanceof StoreStep.Confirm confirm) {
        return new Effect.Store(store.ticket(), unsynced(confirm));
      }
      if (effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
          && perform.step() instanceof StoreStep.Confirm confirm) {
        return new Effect.Send(send.to(), new PeerMessage.Perform(perform.id(), perform.deadlineMillis(),
            perform.hlc(), unsynced(confirm)));
      }
      return effect;
    }

    private static StoreStep unsynced(StoreStep.Confirm confirm) {
      return new StoreStep.Confirm(confirm.key(), confirm.version(), false);
    }
  }

  /** Any replica that has not seen what a client has seen is taken for proof that it was reaped. */
  static final class TakesAbsenceForReaped extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Read it && it.bound().provesReaped() > 0
          ? new Request.Read(it.key(), it.terms(), new ReadBound(it.bound().after(), it.bound().maxStaleMillis(),
              it.bound().latestOnly(), 1))
          : request;
    }
  }

  /** Says that it holds whatever it is asked for. */
  static final class ConfirmsWhatIsAbsent extends Mutant {
    @Override
    StoreAnswer perform(MemoryReplicaStore store, StoreStep step, Moment now) {
      var answer = super.perform(store, step, now);
      return step instanceof StoreStep.Confirm ? new StoreAnswer.Confirmed(true) : answer;
    }
  }
}
