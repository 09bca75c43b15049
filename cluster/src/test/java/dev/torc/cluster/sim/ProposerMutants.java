package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.Sibling;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Proposers of strong operations that are wrong in one thing each, as seen from outside: by what they ask of whom, and what they are told.
 *
 * <p>Not among them is a ballot that is used for a second value, which takes more than a change to single messages: {@code StrongRetryTranscriptTest} says that
 * a cached ballot is used once, and that each round has a ballot above those before it.
 */
final class ProposerMutants {
  /** An answer under it reaches nobody. */
  private static final long NOBODY = Long.MIN_VALUE;
  private static final StoreAnswer MERGED = new StoreAnswer.Merged(StoreAnswer.Before.NOTHING);
  private static final StoreAnswer ACCEPTED = new AcceptorAnswer.Accepted();
  private static final long LATE_MILLIS = 300;

  private ProposerMutants() {}

  /** Looks at each step that is asked of a store, its own or a peer's. */
  private abstract static class OfSteps extends Mutant {
    /** Values that were proposed, by identity: a merge of one is its commit. */
    final Map<StoredRecord, AcceptorStep.Accept> proposed = new IdentityHashMap<>();

    @Override
    List<Effect> effects(SimNode node, List<Effect> effects) {
      var done = new ArrayList<Effect>();
      for (var effect : effects) {
        var step = stepOf(effect);
        if (step instanceof AcceptorStep.Accept accept) {
          proposed.put(accept.value(), accept);
        }
        if (step == null) {
          done.add(effect);
        } else {
          onStep(node, effect, step, done);
        }
      }
      return done;
    }

    /** @param done to be added to */
    abstract void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done);

    final AcceptorStep.Accept committed(StoreStep step) {
      return step instanceof StoreStep.Merge merge ? proposed.get(merge.incoming()) : null;
    }
  }

  /** Commits what it proposes at once. */
  static final class CommitsBeforeChosen extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      done.add(effect);
      if (step instanceof AcceptorStep.Accept accept) {
        done.add(under(NOBODY, effect, new StoreStep.Merge(accept.key(), accept.value())));
      }
    }
  }

  /** Tells the client when the value is chosen, and commits it a little later. */
  static final class AcknowledgesBeforeCommit extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      if (committed(step) == null) {
        done.add(effect);
        return;
      }
      answer(node, effect, MERGED);
      node.cluster().kernel().after(LATE_MILLIS, () -> {
        if (node.isUp()) {
          node.perform(effect);
        }
      });
    }
  }

  /** Takes its own acceptor's word for that of a majority. */
  static final class AcceptedByOne extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      if (effect instanceof Effect.Send && step instanceof AcceptorStep.Accept) {
        answer(node, effect, ACCEPTED);
      } else {
        done.add(effect);
      }
    }
  }

  /** Answers what changes nothing, or was done already, from its promises alone, though the value may never have been chosen. */
  static final class AnswersWhatIsUnchosen extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      if (step instanceof AcceptorStep.Accept accept && isOld(accept)) {
        answer(node, effect, ACCEPTED);
      } else if (committed(step) instanceof AcceptorStep.Accept accept && isOld(accept)) {
        answer(node, effect, MERGED);
      } else {
        done.add(effect);
      }
    }

    private static boolean isOld(AcceptorStep.Accept accept) {
      return accept.value().siblings().stream().allMatch(it -> it.dot().hlc() < accept.ballot().counter());
    }
  }

  /** Has its own acceptor accept under a cached ballot before another one has agreed. */
  static final class OwnAcceptorFirst extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      done.add(effect);
      if (effect instanceof Effect.Send && step instanceof AcceptorStep.Accept accept && accept.isCached()) {
        done.add(new Effect.Store(NOBODY, accept));
      }
    }
  }

  /** Rule 2: stamps strong writes under the actor that stamps the replica's ordinary ones. */
  static final class SharesAnActor extends OfSteps {
    @Override
    void onStep(SimNode node, Effect effect, StoreStep step, List<Effect> done) {
      if (step instanceof AcceptorStep.Accept a) {
        done.add(with(effect, new AcceptorStep.Accept(a.key(), a.epoch(), a.ballot(), renamed(node, a, a.value()),
            a.results(), a.next(), a.isCached())));
      } else if (committed(step) instanceof AcceptorStep.Accept a) {
        done.add(with(effect, new StoreStep.Merge(a.key(), renamed(node, a, a.value()))));
      } else {
        done.add(effect);
      }
    }

    private static StoredRecord renamed(SimNode node, AcceptorStep.Accept accept, StoredRecord record) {
      long proposer = accept.ballot().proposer();
      long actor = node.disk().store().actor(accept.key().slot());
      var version = VersionVector.EMPTY;
      for (int i = 0; i < record.version().size(); i++) {
        long named = record.version().actorAt(i);
        var dot = new Dot(named == proposer ? actor : named, record.version().hlcOf(named));
        version = version.merge(VersionVector.of(dot));
      }
      var siblings = new TreeMap<Dot, Sibling>();
      for (var it : record.siblings()) {
        var dot = it.dot().actor() == proposer ? new Dot(actor, it.dot().hlc()) : it.dot();
        siblings.put(dot, new Sibling(dot, it.content()));
      }
      return new StoredRecord(version, List.copyOf(siblings.values()));
    }
  }

  private static StoreStep stepOf(Effect effect) {
    return switch (effect) {
      case Effect.Store store -> store.step();
      case Effect.Send send when send.message() instanceof PeerMessage.Perform perform -> perform.step();
      case Effect.Send send -> null;
      case Effect.Answer answer -> null;
      case Effect.Reply reply -> null;
      case Effect.Announce announce -> null;
      case Effect.Begin begin -> null;
    };
  }

  private static long idOf(Effect effect) {
    return effect instanceof Effect.Store store
        ? store.ticket()
        : ((PeerMessage.Perform) ((Effect.Send) effect).message()).id();
  }

  private static Effect with(Effect effect, StoreStep step) {
    return under(idOf(effect), effect, step);
  }

  /** The like, under another id. */
  private static Effect under(long id, Effect effect, StoreStep step) {
    return effect instanceof Effect.Send send && send.message() instanceof PeerMessage.Perform perform
        ? new Effect.Send(send.to(), new PeerMessage.Perform(id, perform.deadlineMillis(), perform.hlc(), step))
        : new Effect.Store(id, step);
  }

  /** Has the coordinator believe that it was answered. */
  private static void answer(SimNode node, Effect effect, StoreAnswer answer) {
    long id = idOf(effect);
    long now = node.moment().wallMillis();
    node.cluster().kernel().after(0, () -> {
      if (effect instanceof Effect.Send send) {
        int from = node.cluster().indexOf(send.to());
        node.onArrival(new SimNetwork.Envelope(from, new PeerMessage.Performed(id, 0, answer), now));
      } else {
        node.onStored(new long[] {id}, List.of(answer));
      }
    });
  }
}
