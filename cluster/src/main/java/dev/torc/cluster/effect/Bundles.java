package dev.torc.cluster.effect;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.message.PeerMessage.Single;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.AcceptorAnswer;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.HintAnswer;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.SlotAnswer;
import dev.torc.cluster.storage.SlotStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeStep;
import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one message of all that a turn says to one node, so that a command on a thousand keys costs each peer one message, and as many answers as the
 * peer's turns. What goes to one place keeps its order; a bundle leaves where its first part would have.
 *
 * <p>The complication is size. Small messages may pass large ones on a connection, and the memory of large ones is counted; so what carries much goes alone,
 * and a bundle that has enough is followed by another.
 */
public final class Bundles {
  /** Of keys and values in one bundle. */
  static final int MOST_BYTES = 128 * 1024;
  /** Of a key and its values; what has more goes alone. */
  static final int MOST_BYTES_OF_A_PART = 16 * 1024;

  /** Messages that may become one, in the order of the turn. */
  private static final class Bundle {
    private final Effect first;
    private final int place;
    private final List<Single> parts = new ArrayList<>();
    private long bytes;

    private Bundle(Effect first, int place) {
      this.first = first;
      this.place = place;
    }

    private boolean takes(Single part, long partBytes) {
      if (parts.size() == PeerMessage.Together.MAX_PARTS || bytes + partBytes > MOST_BYTES) {
        return false;
      }
      parts.add(part);
      bytes += partBytes;
      return true;
    }

    private Effect effect() {
      return parts.size() == 1 ? first : withMessage(first, new PeerMessage.Together(parts));
    }
  }

  private final List<Effect> bundled;
  /** The one for each destination that may still grow. */
  private final List<Bundle> growing = new ArrayList<>();
  private final List<Bundle> all = new ArrayList<>();

  private Bundles(int effects) {
    this.bundled = new ArrayList<>(effects);
  }

  /** The same effects; the list itself if no two messages of it go to one place. */
  public static List<Effect> of(List<Effect> effects) {
    if (!haveOneWay(effects)) {
      return effects;
    }
    var bundles = new Bundles(effects.size());
    effects.forEach(bundles::add);
    bundles.all.forEach(bundle -> bundles.bundled.set(bundle.place, bundle.effect()));
    return bundles.bundled;
  }

  /** The effects with each message by itself, as they were before {@link #of}, but for their order between different destinations. */
  public static List<Effect> apart(List<Effect> effects) {
    var apart = new ArrayList<Effect>(effects.size());
    for (var effect : effects) {
      if (message(effect) instanceof PeerMessage.Together together) {
        together.parts().forEach(part -> apart.add(withMessage(effect, part)));
      } else {
        apart.add(effect);
      }
    }
    return apart;
  }

  /** Nearly every turn has a message or two, so looking at each pair is cheap; a turn with many has soon found two. */
  private static boolean haveOneWay(List<Effect> effects) {
    for (int i = 1; i < effects.size(); i++) {
      var effect = effects.get(i);
      for (int j = 0; message(effect) != null && j < i; j++) {
        if (goTheSameWay(effect, effects.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean goTheSameWay(Effect one, Effect other) {
    return switch (one) {
      case Effect.Send send -> other instanceof Effect.Send too && send.to().equals(too.to());
      case Effect.Answer answer -> other instanceof Effect.Answer too && answer.origin() == too.origin();
      case Effect.Store store -> false;
      case Effect.Reply reply -> false;
      case Effect.Announce announce -> false;
      case Effect.Begin begin -> false;
    };
  }

  private void add(Effect effect) {
    if (message(effect) instanceof Single part) {
      add(effect, part, bytesOf(part));
    } else {
      bundled.add(effect);
    }
  }

  private void add(Effect effect, Single part, long bytes) {
    int at = growingTowards(effect);
    boolean isSmall = bytes <= MOST_BYTES_OF_A_PART;
    if (isSmall && at >= 0 && growing.get(at).takes(part, bytes)) {
      return;
    }
    if (at >= 0) {
      growing.remove(at);
    }
    if (isSmall) {
      var bundle = new Bundle(effect, bundled.size());
      bundle.takes(part, bytes);
      growing.add(bundle);
      all.add(bundle);
    }
    bundled.add(effect);
  }

  private int growingTowards(Effect effect) {
    for (int i = 0; i < growing.size(); i++) {
      if (goTheSameWay(effect, growing.get(i).first)) {
        return i;
      }
    }
    return -1;
  }

  private static PeerMessage message(Effect effect) {
    return switch (effect) {
      case Effect.Send send -> send.message();
      case Effect.Answer answer -> answer.message();
      case Effect.Store store -> null;
      case Effect.Reply reply -> null;
      case Effect.Announce announce -> null;
      case Effect.Begin begin -> null;
    };
  }

  private static Effect withMessage(Effect effect, PeerMessage message) {
    return switch (effect) {
      case Effect.Send send -> new Effect.Send(send.to(), message);
      case Effect.Answer answer -> new Effect.Answer(answer.origin(), message);
      case Effect.Store store -> store;
      case Effect.Reply reply -> reply;
      case Effect.Announce announce -> announce;
      case Effect.Begin begin -> begin;
    };
  }

  private static long bytesOf(Single message) {
    return switch (message) {
      case PeerMessage.Perform perform -> bytesOf(perform.step());
      case PeerMessage.Performed performed -> bytesOf(performed.answer());
      case PeerMessage.Forward forward -> forward.request().key().bytes().size() + bytesOf(forward.request());
      case PeerMessage.Forwarded forwarded -> bytesOf(forwarded.outcome());
    };
  }

  private static long bytesOf(Request.ToReplica request) {
    return switch (request) {
      case Request.Write write -> write.content().value().size();
      case Request.Propose propose -> propose.change().valueBytes();
      case Request.StrongAll all ->
        all.joint().valueBytes() + all.keys().stream().mapToLong(key -> key.bytes().size()).sum();
    };
  }

  private static long bytesOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found found -> found.record().valueBytes();
      case Outcome.Changed changed -> changed.result().valueBytes();
      case Outcome.Listed listed -> listed.keys().stream().mapToLong(Bytes::size).sum();
      case Outcome.Written written -> 0;
      case Outcome.Counted counted -> 0;
      case Outcome.Flushed flushed -> 0;
      case Outcome.Explained explained -> 0;
      case Outcome.Confirmed confirmed -> 0;
      case Outcome.Refused refused -> 0;
      case Outcome.Uncertain uncertain -> 0;
    };
  }

  private static long bytesOf(StoreStep step) {
    return switch (step) {
      case StoreStep.Fetch fetch -> fetch.key().bytes().size();
      case StoreStep.Merge merge -> merge.key().bytes().size() + merge.incoming().valueBytes();
      case StoreStep.Put put -> put.key().bytes().size() + (long) put.content().value().size();
      case StoreStep.Scan scan -> 0;
      case StoreStep.Count count -> 0;
      case StoreStep.Leftovers leftovers -> 0;
      case StoreStep.Confirm confirm -> confirm.key().bytes().size();
      case AcceptorStep.Accept accept -> accept.key().bytes().size() + accept.valueBytes();
      case AcceptorStep other -> other.key().bytes().size();
      case HintStep.Keep keep -> keep.key().bytes().size() + keep.incoming().valueBytes();
      case HintStep other -> 0;
      case ReapStep reap -> reap.key().bytes().size();
      case TreeStep other -> 0;
      case SlotStep other -> 0;
    };
  }

  private static long bytesOf(StoreAnswer answer) {
    return switch (answer) {
      case StoreAnswer.Held held -> held.record().valueBytes();
      case StoreAnswer.Stored stored -> stored.record().valueBytes();
      case StoreAnswer.Page page -> page.keys().stream().mapToLong(Bytes::size).sum();
      case StoreAnswer.HeldVersion version -> 0;
      case StoreAnswer.Merged merged -> 0;
      case StoreAnswer.Counted counted -> 0;
      case StoreAnswer.Confirmed confirmed -> 0;
      case StoreAnswer.Failed failed -> 0;
      case AcceptorAnswer.Promised promised ->
        promised.value().valueBytes() + promised.results().valueBytes() + promised.held().valueBytes();
      case AcceptorAnswer.Queried queried -> queried.value().valueBytes() + queried.held().valueBytes();
      case AcceptorAnswer other -> 0;
      case HintAnswer other -> 0;
      case ReapAnswer reap -> 0;
      case TreeAnswer.Digested digested -> digested.keys().stream().mapToLong(digest -> digest.key().size()).sum();
      case TreeAnswer.Compared other -> 0;
      case StoreAnswer.Partly partly -> bytesOf(partly.told());
      case SlotAnswer.Records page -> page.records().stream().mapToLong(kept -> kept.record().valueBytes()).sum();
      case SlotAnswer.Acceptors page ->
        page.states().stream().mapToLong(it -> it.state().value().valueBytes() + it.state().results().valueBytes())
            .sum();
    };
  }
}
