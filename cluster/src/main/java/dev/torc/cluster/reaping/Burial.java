package dev.torc.cluster.reaping;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.ReapAnswer.Inspected;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.upkeep.Errands;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * What is left of one key, on its way out. All replicas say what they hold of it; only if that is identical, and was so long enough before, are they told to drop exactly that.
 *
 * <p>A key that strong operations were on has more to lose than a record: an accepted value would come back to life with the next such operation. So what is left of it
 * must have been accepted by all replicas in one and the same round, with nothing promised beyond; where it was not, it is accepted once more, as an ordinary strong
 * operation, and looked at again in a later round. Then the slot's floor is raised to that round on all replicas, so that nothing which anybody
 * remembers of earlier rounds can go on, and only then are the record and the acceptor's state dropped, in one step.
 */
final class Burial {
  private final Key key;
  private final ReapingConfig config;
  private final ToIntFunction<Key> replicasOf;
  private final BiPredicate<Inspected, Errands> isSecondLook;
  private final BooleanSupplier isOver;
  private final Consumer<Errands> done;
  private final List<Inspected> inspected = new ArrayList<>();
  private PreferenceList replicas;
  private int waiting;
  private boolean failed;

  /**
   * @param replicasOf N of a key, as its prefix has it; 0: the ring's
   * @param isSecondLook whether all replicas held just this long enough ago; asked once they do
   * @param done told once, however it ended
   */
  Burial(Key key, ReapingConfig config, ToIntFunction<Key> replicasOf, BiPredicate<Inspected, Errands> isSecondLook,
      BooleanSupplier isOver, Consumer<Errands> done) {
    this.key = key;
    this.config = config;
    this.replicasOf = replicasOf;
    this.isSecondLook = isSecondLook;
    this.isOver = isOver;
    this.done = done;
  }

  void begin(Errands errands) {
    replicas = errands.ring().preferenceList(key.slot(), replicasOf.applyAsInt(key));
    askAll(new ReapStep.Inspect(key, config.graceMillis()), errands, this::onInspected, this::judge);
  }

  /** What one replica said, and whether that is well. */
  private interface Heard {
    boolean isWell(StoreAnswer answer);
  }

  private void askAll(StoreStep step, Errands errands, Heard heard, Consumer<Errands> then) {
    waiting = replicas.size();
    for (var replica : replicas.nodes()) {
      errands.ask(replica, step, config.timeoutMillis(), (answer, later) -> {
        failed |= !heard.isWell(answer);
        if (--waiting == 0) {
          (failed || isOver.getAsBoolean() ? done : then).accept(later);
        }
      });
    }
  }

  private boolean onInspected(StoreAnswer answer) {
    return answer instanceof Inspected it && it.isGone() && inspected.add(it);
  }

  private void judge(Errands errands) {
    var first = inspected.getFirst();
    boolean sameRecord = inspected.stream().allMatch(it -> it.record().equals(first.record()));
    boolean sameRound = inspected.stream().allMatch(it -> it.accepted().equals(first.accepted()) && it.isQuiet());
    if (sameRecord && sameRound && isSecondLook.test(first, errands)) {
      if (first.accepted().isNone()) {
        reap(errands);
      } else {
        raise(first.accepted(), errands);
      }
      return;
    }
    if (!sameRound) {
      errands.begin(new Request.Strong(key, new Change.Bury(), new Terms(Level.STRONG, replicasOf.applyAsInt(key), 0)));
    }
    done.accept(errands);
  }

  private void raise(Ballot round, Errands errands) {
    askAll(new SlotStep.RaiseAtLeast(key.slot(), errands.ring().digest(), round), errands,
        answer -> answer instanceof AcceptorAnswer.Accepted, this::reap);
  }

  private void reap(Errands errands) {
    var left = inspected.getFirst();
    askAll(new ReapStep.Reap(key, left.record(), left.accepted()), errands, answer -> true, later -> {
      later.announce(Effect.Event.REAPED);
      done.accept(later);
    });
  }
}
