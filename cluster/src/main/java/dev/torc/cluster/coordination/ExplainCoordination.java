package dev.torc.cluster.coordination;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Explained.Copy;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.ring.NodeId;
import dev.torc.cluster.ring.PreferenceList;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each replica has of a key, for people: every one that can be reached is asked, and all that is said within the time is told, with nothing merged and
 * nothing repaired. Of large values only the version is fetched, so two replicas are compared by what they have seen and how many siblings they hold of it.
 */
final class ExplainCoordination extends Coordination {
  static final int LARGE_BYTES = 1_024;

  /** What a replica told, or why it did not. */
  private record Told(Optional<VersionVector> version, Optional<StoredRecord> record, int siblings, String error) {
    private static Told nothing(String error) {
      return new Told(Optional.empty(), Optional.empty(), 0, error);
    }
  }

  private final Request.Explain explain;
  private PreferenceList replicas;
  private boolean[] isUp;
  private Told[] told;
  private int missing;

  ExplainCoordination(Request.Explain explain, Sink sink) {
    super(sink, explain.terms().timeoutMillis());
    this.explain = explain;
  }

  @Override
  void start(Turn turn) {
    replicas = turn.ring().preferenceList(explain.key().slot(), explain.terms().replicas());
    isUp = new boolean[replicas.size()];
    told = new Told[replicas.size()];
    missing = replicas.size();
    for (int i = 0; i < replicas.size(); i++) {
      var replica = replicas.nodes().get(i);
      isUp[i] = turn.isLive(replica);
      if (isUp[i]) {
        turn.ask(this, replica, new StoreStep.Fetch(explain.key(), LARGE_BYTES));
      }
    }
    for (int i = 0; i < replicas.size(); i++) {
      if (!isUp[i]) {
        onTold(replicas.nodes().get(i), Told.nothing("cannot be reached"), turn);
      }
    }
  }

  @Override
  void onAnswer(NodeId replica, StoreAnswer answer, Turn turn) {
    onTold(replica, told(answer), turn);
  }

  private static Told told(StoreAnswer answer) {
    return switch (answer) {
      case StoreAnswer.Held held -> new Told(Optional.of(held.record().version()), Optional.of(held.record()),
          held.record().siblings().size(), "");
      case StoreAnswer.HeldVersion held ->
        new Told(Optional.of(held.version()), Optional.empty(), held.siblings(), "");
      case StoreAnswer.Failed failed -> Told.nothing(failed.reason());
      case StoreAnswer.Stored other -> strange(other);
      case StoreAnswer.Merged other -> strange(other);
      case StoreAnswer.Page other -> strange(other);
      case StoreAnswer.Counted other -> strange(other);
      case StoreAnswer.Confirmed other -> strange(other);
      case ReapAnswer other -> strange(other);
      case AcceptorAnswer other -> strange(other);
      case HintAnswer other -> strange(other);
      case TreeAnswer other -> strange(other);
      case StoreAnswer.Partly partly -> told(partly.told());
      case SlotAnswer other -> strange(other);
    };
  }

  private static Told strange(StoreAnswer answer) {
    return Told.nothing("gave an answer to another question: " + answer.getClass().getSimpleName());
  }

  @Override
  void onFailure(NodeId replica, Failure failure, Turn turn) {
    onTold(replica, Told.nothing(switch (failure) {
      case UNDELIVERED -> "was not asked, too much waits for it";
      case LOST -> "the connection broke";
    }), turn);
  }

  @Override
  void onTimeout(Turn turn) {
    conclude(turn);
  }

  private void onTold(NodeId replica, Told what, Turn turn) {
    told[replicas.nodes().indexOf(replica)] = what;
    if (--missing == 0) {
      conclude(turn);
    }
  }

  private void conclude(Turn turn) {
    var copies = new ArrayList<Copy>(told.length);
    for (int i = 0; i < told.length; i++) {
      var one = told[i] == null ? Told.nothing("did not answer" + within(turn)) : told[i];
      copies.add(new Copy(replicas.nodes().get(i), isUp[i], one.version, one.record, isInSync(one), one.error));
    }
    turn.reply(this, new Outcome.Explained(List.copyOf(copies)));
    turn.end(this);
  }

  private boolean isInSync(Told one) {
    if (one.version.isEmpty()) {
      return false;
    }
    for (var other : told) {
      if (other != null && other.version.isPresent()) {
        boolean same = one.version.get().equals(other.version.get());
        if (same ? one.siblings > other.siblings : !one.version.get().covers(other.version.get())) {
          return false;
        }
      }
    }
    return true;
  }
}
