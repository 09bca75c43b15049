package dev.torc.cluster.sim;

import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Coordinators that are wrong in one thing each, as seen from outside. */
final class ShellMutants {
  private ShellMutants() {}

  /** Tells of a quorum when it has one replica's word for a write. */
  static final class OneIsAWriteQuorum extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Write w
          ? new Request.Write(w.key(), w.content(), w.keepsExpiry(), w.causality(), w.terms().at(Level.ONE))
          : request;
    }
  }

  static final class OneIsAReadQuorum extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Read read
          ? new Request.Read(read.key(), read.terms().at(Level.ONE), read.bound())
          : request;
    }
  }

  /** Takes whatever comes. */
  static final class TakesWhateverComes extends Mutant {
    @Override
    CoordinatorConfig config() {
      var as = SimConfig.COORDINATOR;
      return new CoordinatorConfig(as.timeoutMillis(), as.speculateAfterMillis(), as.versionOnlyAboveBytes(),
          1_000_000, as.maxSkewMillis(), as.siblings());
    }
  }

  /** Lists what it holds itself. */
  static final class ScansItself extends Mutant {
    @Override
    Request asked(SimNode node, long id, Request request) {
      return request instanceof Request.Scan scan
          ? new Request.ScanHere(List.<SlotRange>copyOf(scan.ranges()), scan.from(), scan.limit())
          : request;
    }
  }

  /** An answer that comes twice counts for two replicas. */
  static final class CountsDuplicates extends Mutant {
    private final TreeMap<Long, StoreStep> waiting = new TreeMap<>();
    private final TreeMap<Long, StoreStep> answered = new TreeMap<>();

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform) {
          waiting.put(perform.id(), perform.step());
        }
      }
      return effects;
    }

    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      if (message instanceof PeerMessage.Performed done && answered.get(done.id()) instanceof StoreStep step) {
        for (var other : waiting.entrySet()) {
          if (other.getValue() == step) {
            return List.of(new PeerMessage.Performed(other.getKey(), done.hlc(), done.answer()));
          }
        }
      } else if (message instanceof PeerMessage.Performed done && waiting.containsKey(done.id())) {
        answered.put(done.id(), waiting.remove(done.id()));
      }
      return List.of(message);
    }
  }

  /** Begins with the same request id in each life. */
  static final class ReusesIds extends Mutant {
    @Override
    RandomGenerator ids(RandomGenerator random) {
      return () -> 42;
    }
  }

  /** Answers a read without waiting for the repair that it asks for. */
  static final class AnswersBeforeRepair extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      if (!effects.contains(new Effect.Announce(Effect.Event.REPAIRED_BEFORE_ANSWER))) {
        return effects;
      }
      var rest = new ArrayList<Effect>();
      for (var effect : effects) {
        if (effect instanceof Effect.Store store && store.step() instanceof StoreStep.Merge) {
          node.cluster().kernel().after(0, () -> node.onStored(new long[] {store.ticket()}, List.of(merged())));
        } else if (effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
            && perform.step() instanceof StoreStep.Merge) {
          var answer = new PeerMessage.Performed(perform.id(), 0, merged());
          long now = node.moment().wallMillis();
          int from = node.cluster().indexOf(send.to());
          node.cluster().kernel().after(0, () -> node.onArrival(new SimNetwork.Envelope(from, answer, now)));
        } else {
          rest.add(effect);
        }
      }
      return rest;
    }

    private static StoreAnswer merged() {
      return new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);
    }
  }

  /** Rule 3: sends the new value and the version vector, not the whole record. */
  static final class SendsALoneSibling extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream().map(SendsALoneSibling::lone).toList();
    }

    private static Effect lone(Effect effect) {
      if (effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
          && perform.step() instanceof StoreStep.Merge merge && merge.incoming().siblings().size() > 1) {
        var record = merge.incoming();
        var lone = new StoredRecord(record.version(), List.of(record.siblings().getLast()));
        return new Effect.Send(send.to(), new PeerMessage.Perform(perform.id(), perform.deadlineMillis(),
            perform.hlc(), new StoreStep.Merge(merge.key(), lone)));
      }
      return effect;
    }
  }

  /** Takes a version that came without its values for the whole record. */
  static final class TakesVersionsForRecords extends Mutant {
    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      return List.of(message instanceof PeerMessage.Performed done
          && done.answer() instanceof StoreAnswer.HeldVersion held
              ? new PeerMessage.Performed(done.id(), done.hlc(),
                  new StoreAnswer.Held(new StoredRecord(held.version(), List.of())))
              : message);
    }
  }

  /** Sends a write on to another replica when the first one is gone, though it may have done it. */
  static final class ForwardsAgain extends Mutant {
    private final TreeMap<Long, Effect.Send> forwards = new TreeMap<>();

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Forward forward) {
          forwards.put(forward.id(), send);
        }
      }
      return effects;
    }

    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      if (message instanceof PeerMessage.Forwarded done) {
        forwards.remove(done.id());
      }
      return List.of(message);
    }

    @Override
    List<Effect> onPeerDown(SimNode node, int peer) {
      var again = new ArrayList<Effect>();
      for (var send : List.copyOf(forwards.values())) {
        if (node.cluster().indexOf(send.to()) == peer && send.message() instanceof PeerMessage.Forward forward) {
          node.cluster().ring().preferenceList(forward.request().key().slot()).nodes().stream()
              .filter(other -> !other.equals(send.to())).findFirst()
              .ifPresent(other -> again.add(new Effect.Send(other, forward)));
          forwards.remove(forward.id());
        }
      }
      return again;
    }
  }

  /** Does what it is asked however late. */
  static final class TakesLateMessages extends Mutant {
    @Override
    List<PeerMessage.Single> received(SimNode node, PeerMessage.Single message) {
      long never = Long.MAX_VALUE / 2;
      return List.of(switch (message) {
        case PeerMessage.Perform ask -> new PeerMessage.Perform(ask.id(), never, ask.hlc(), ask.step());
        case PeerMessage.Forward ask -> new PeerMessage.Forward(ask.id(), never, ask.hlc(), ask.request());
        case PeerMessage.Performed answer -> answer;
        case PeerMessage.Forwarded answer -> answer;
      });
    }
  }

  /** Says that it failed when it does not know. */
  static final class RefusesWhatIsUncertain extends Mutant {
    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      return effects.stream()
          .map(effect -> effect instanceof Effect.Reply reply && reply.outcome() instanceof Outcome.Uncertain maybe
              ? new Effect.Reply(reply.request(), new Outcome.Refused(Outcome.Reason.WRITE_LEVEL, maybe.detail()))
              : effect)
          .toList();
    }
  }
}
