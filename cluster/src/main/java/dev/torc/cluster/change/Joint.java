package dev.torc.cluster.change;

import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operation on several keys does to them: data that travels, with its own pure code. The first of its keys is the primary. */
public sealed interface Joint {

  /**
   * What comes of it.
   *
   * @param contents what each key is to hold, in their order; empty: what it has
   */
  record Made(List<Optional<Content>> contents, ChangeResult result) {
    /** Whether any key is to change. */
    public boolean writes() {
      return contents.stream().anyMatch(Optional::isPresent);
    }
  }

  /** @param held what each key holds, in their order */
  Made apply(List<Optional<Content>> held);

  /** How many keys it is of. */
  int keys();

  /** Bytes of the values that it carries. */
  default long valueBytes() {
    return 0;
  }

  /** MSETNX: all, or none if one of the keys is there. {@link ChangeResult.Done}. */
  record SetAllIfAbsent(List<Bytes> values) implements Joint {
    public SetAllIfAbsent {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no values");
      }
    }

    @Override
    public Made apply(List<Optional<Content>> held) {
      if (held.stream().anyMatch(Optional::isPresent)) {
        return unchanged(held.size(), done(false));
      }
      var contents = new ArrayList<Optional<Content>>(values.size());
      values.forEach(value -> contents.add(Optional.of(Content.of(value))));
      return new Made(contents, done(true));
    }

    @Override
    public int keys() {
      return values.size();
    }

    @Override
    public long valueBytes() {
      long bytes = 0;
      for (var value : values) {
        bytes += value.size();
      }
      return bytes;
    }
  }

  /**
   * RENAME and RENAMENX: {@link ChangeResult.Done}, or {@link ChangeResult.Refused} without a source. The keys are the destination, which is the primary, so that
   * there is no moment at which the value is under neither name; and the source. The expiry goes along.
   */
  record Move(boolean onlyIfAbsent) implements Joint {
    @Override
    public Made apply(List<Optional<Content>> held) {
      var source = held.get(1);
      if (source.isEmpty()) {
        return unchanged(2, new ChangeResult.Refused(Errors.NO_SUCH_KEY));
      }
      return onlyIfAbsent && held.get(0).isPresent()
          ? unchanged(2, done(false))
          : new Made(List.of(source, Optional.of(Content.TOMBSTONE)), done(true));
    }

    @Override
    public int keys() {
      return 2;
    }
  }

  /** COPY: {@link ChangeResult.Done}. The keys are the destination and the source. The expiry goes along. */
  record Copy(boolean replaces) implements Joint {
    @Override
    public Made apply(List<Optional<Content>> held) {
      var source = held.get(1);
      return source.isEmpty() || !replaces && held.get(0).isPresent()
          ? unchanged(2, done(false))
          : new Made(List.of(source, Optional.empty()), done(true));
    }

    @Override
    public int keys() {
      return 2;
    }
  }

  private static Made unchanged(int keys, ChangeResult result) {
    var contents = new ArrayList<Optional<Content>>(keys);
    for (int i = 0; i < keys; i++) {
      contents.add(Optional.empty());
    }
    return new Made(contents, result);
  }

  private static ChangeResult done(boolean isDone) {
    return new ChangeResult.Done(isDone, Optional.empty());
  }
}
