package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Commands that read a key before they write it, as one atomic operation across all coordinators. */
public sealed interface StrongCommand extends Command {
  @Override
  default Access access() {
    return Access.WRITE;
  }

  /** A command about one key. */
  sealed interface OfOneKey extends StrongCommand {
    Bytes key();

    @Override
    default List<Bytes> keys() {
      return List.of(key());
    }
  }

  /**
   * <a href="https://redis.io/commands/set">SET</a> with a condition or GET, SETNX, GETSET.
   *
   * @param returnsOld answers the value before, done or not: nil when there was none
   */
  record SetIf(Bytes key, Bytes value, Expiry expiry, Condition condition, boolean returnsOld, Form form)
      implements
        OfOneKey {
    /** How it is answered when the old value is not asked for: SET with OK or nil, SETNX with 1 or 0. GETSET asks for it. */
    public enum Form {
      SET,
      SETNX,
      GETSET
    }
  }

  /**
   * GETEX: the value, or nil.
   *
   * @param expiry empty leaves the key's expiry as it is; {@link Expiry#NONE} is PERSIST
   */
  record GetEx(Bytes key, Optional<Expiry> expiry) implements OfOneKey {}

  /** Deletes a key that is there and of which the condition holds. */
  record Remove(Bytes key, Condition condition, Form form) implements OfOneKey {
    /** GETDEL answers the value or nil, DELEX and Valkey's DELIFEQ 1 or 0. */
    public enum Form {
      GETDEL,
      DELEX,
      DELIFEQ
    }
  }

  /** INCR, DECR, INCRBY, DECRBY: the sum; a key that is not there counts as 0. */
  record Add(Bytes key, long by) implements OfOneKey {}

  /** INCRBYFLOAT: the sum, written as {@link FloatText} does; a key that is not there counts as 0. */
  record AddDecimal(Bytes key, BigDecimal by) implements OfOneKey {}

  /** APPEND: the length after it. */
  record Append(Bytes key, Bytes value) implements OfOneKey {}

  /**
   * SETRANGE: the length after it. An empty value changes nothing.
   *
   * @param offset 0 and more; bytes between the end and it become zero
   */
  record SetRange(Bytes key, long offset, Bytes value) implements OfOneKey {}

  /**
   * EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT: 1 when done, else 0. A time that has come deletes the key.
   *
   * @param expiry an {@link Expiry.At} or {@link Expiry.In} of any sign
   */
  record Expire(Bytes key, Expiry expiry, ExpireRule rule) implements OfOneKey {}

  /** PERSIST: 1 when an expiry was taken away, else 0. */
  record Persist(Bytes key) implements OfOneKey {}

  /** MSETNX: 1 when all keys were absent and are set, else 0 and nothing is. */
  record MSetNx(List<DataCommand.Entry> entries) implements StrongCommand {
    @Override
    public List<Bytes> keys() {
      return entries.stream().map(DataCommand.Entry::key).toList();
    }
  }

  /** RENAME: OK; RENAMENX: 1, or 0 when {@code to} is there; {@link Errors#NO_SUCH_KEY} without {@code from}. The expiry goes along. */
  record Rename(Bytes from, Bytes to, boolean onlyIfAbsent) implements StrongCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(from, to);
    }
  }

  /**
   * COPY: 1, or 0 when {@code from} is not there, or {@code to} is and may not be replaced. The expiry goes along.
   *
   * @param to another key than {@code from}
   */
  record Copy(Bytes from, Bytes to, boolean replace) implements StrongCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(from, to);
    }
  }

  /**
   * KV.CAS: sets the key if nothing was written to it since the context was read.
   *
   * @param context as KV.GET answered it; empty: the key has never been written
   */
  record KvCas(Bytes key, Bytes context, Bytes value, Expiry expiry) implements OfOneKey {}
}
