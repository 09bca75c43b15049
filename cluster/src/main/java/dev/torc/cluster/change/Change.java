package dev.torc.cluster.change;

import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition;
import dev.torc.protocol.command.ExpireRule;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a strong operation does to a key: data that travels, with its own pure code. It may be tried more than once, on other values each time; what counts
 * is the one attempt that was chosen.
 */
public sealed interface Change
    permits Change.Look, Change.Put, Change.Remove, Change.Add, Change.AddDecimal, Change.Append, Change.Overwrite,
    Change.Expire, Change.Persist, Change.Swap, Change.Bury, IntentChange {

  /**
   * What comes of it.
   *
   * @param content what the key is to hold; empty: nothing changes
   */
  record Step(Optional<Content> content, ChangeResult result) {
    static Step unchanged(ChangeResult result) {
      return new Step(Optional.empty(), result);
    }

    static Step to(Content content, ChangeResult result) {
      return new Step(Optional.of(content), result);
    }
  }

  /**
   * @param current what the key holds; of concurrent values the latest counts
   * @param wallMillis now, for what has expired
   */
  Step apply(StoredRecord current, long wallMillis);

  /** What the client claims to have seen. */
  default Context after() {
    return Context.NOTHING;
  }

  /** Bytes of the values that it carries. */
  default long valueBytes() {
    return 0;
  }

  /** Reads. */
  record Look() implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Step.unchanged(new ChangeResult.Done(false, Optional.empty()));
    }
  }

  /**
   * Changes nothing, but has it accepted once more, by all: so that what is left of a deleted key was accepted in one round, nothing was promised beyond, and it can be
   * reaped.
   */
  record Bury() implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Step.unchanged(new ChangeResult.Done(false, Optional.empty()));
    }
  }

  /**
   * SET and its kin.
   *
   * @param content the value and its expiry
   * @param keepsExpiry the expiry of the value before instead
   * @param returnsOld the result has the value before
   */
  record Put(Content content, boolean keepsExpiry, Condition condition, boolean returnsOld) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      var held = Values.of(current, wallMillis);
      var old = returnsOld ? held.map(Content::value) : Optional.<Bytes>empty();
      if (!condition.holds(held.map(Content::value))) {
        return Step.unchanged(new ChangeResult.Done(false, old));
      }
      long expiry = keepsExpiry ? Values.expiry(held) : content.expiresAtMillis();
      return Step.to(Content.of(content.value(), expiry), new ChangeResult.Done(true, old));
    }

    @Override
    public long valueBytes() {
      return content.value().size();
    }
  }

  /** GETDEL, DELEX, DELIFEQ, DEL: deletes what is there, if the condition holds of it. */
  record Remove(Condition condition, boolean returnsOld) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      var held = Values.of(current, wallMillis);
      boolean done = held.isPresent() && condition.holds(held.map(Content::value));
      var old = returnsOld ? held.map(Content::value) : Optional.<Bytes>empty();
      var result = new ChangeResult.Done(done, old);
      return done ? Step.to(Content.TOMBSTONE, result) : Step.unchanged(result);
    }
  }

  /** INCRBY: what is not there counts as 0. */
  record Add(long by) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Numbers.add(Values.of(current, wallMillis), by);
    }
  }

  /** INCRBYFLOAT. */
  record AddDecimal(BigDecimal by) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Numbers.add(Values.of(current, wallMillis), by);
    }
  }

  /** APPEND. @param maxBytes how long a value may become */
  record Append(Bytes tail, int maxBytes) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Values.append(Values.of(current, wallMillis), tail, maxBytes);
    }

    @Override
    public long valueBytes() {
      return tail.size();
    }
  }

  /** SETRANGE. @param maxBytes how long a value may become */
  record Overwrite(long offset, Bytes part, int maxBytes) implements Change {
    public Overwrite {
      if (offset < 0) {
        throw new IllegalArgumentException("an offset of " + offset);
      }
    }

    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      return Values.overwrite(Values.of(current, wallMillis), offset, part, maxBytes);
    }

    @Override
    public long valueBytes() {
      return part.size();
    }
  }

  /**
   * EXPIRE and its kin, GETEX. A time that has come deletes.
   *
   * @param atMillis wall time of any sign
   */
  record Expire(long atMillis, ExpireRule rule, boolean returnsOld) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      var held = Values.of(current, wallMillis);
      var old = returnsOld ? held.map(Content::value) : Optional.<Bytes>empty();
      boolean done = held.isPresent() && rule.allows(Values.expiry(held), atMillis);
      var result = new ChangeResult.Done(done, old);
      if (!done) {
        return Step.unchanged(result);
      }
      return Step.to(atMillis <= wallMillis ? Content.TOMBSTONE : Content.of(held.get().value(), atMillis), result);
    }
  }

  /** PERSIST, GETEX … PERSIST: takes an expiry away. */
  record Persist(boolean returnsOld) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      var held = Values.of(current, wallMillis);
      boolean done = Values.expiry(held) != Content.NEVER;
      var result = new ChangeResult.Done(done, returnsOld ? held.map(Content::value) : Optional.empty());
      return done ? Step.to(Content.of(held.get().value()), result) : Step.unchanged(result);
    }
  }

  /**
   * KV.CAS: writes if nobody has since the context was read. The result has the value that stands then if it was not done.
   *
   * @param context {@link Context#NOTHING}: if there is no value
   * @param keepsExpiry the expiry of the value before instead of the content's
   */
  record Swap(Context context, Content content, boolean keepsExpiry) implements Change {
    @Override
    public Step apply(StoredRecord current, long wallMillis) {
      boolean same = current.siblings().stream().allMatch(sibling -> context.isNothing()
          ? !sibling.content().isLive(wallMillis)
          : context.covers(sibling.dot()));
      var held = Values.of(current, wallMillis);
      if (!same) {
        return Step.unchanged(new ChangeResult.Done(false, held.map(Content::value)));
      }
      long expiry = keepsExpiry ? Values.expiry(held) : content.expiresAtMillis();
      return Step.to(Content.of(content.value(), expiry), new ChangeResult.Done(true, Optional.empty()));
    }

    @Override
    public Context after() {
      return context;
    }

    @Override
    public long valueBytes() {
      return content.value().size();
    }
  }
}
