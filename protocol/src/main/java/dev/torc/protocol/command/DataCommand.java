package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.Decimal;
import java.util.List;

/** Commands that name their keys. */
public sealed interface DataCommand extends Command {
  @Override
  default Access access() {
    return Access.READ;
  }

  /** <a href="https://redis.io/commands/get">GET</a>: the value, or nil. */
  record Get(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** SET, SETEX, PSETEX: OK. */
  record Set(Bytes key, Bytes value, Expiry expiry) implements DataCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }

    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** DEL, UNLINK: how many keys there were. */
  record Del(List<Bytes> keys) implements DataCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }
  }

  /** MGET: the values, nil for keys that are not there. */
  record MGet(List<Bytes> keys) implements DataCommand {}

  /** MSET: OK. Of a key that comes twice the last value counts. */
  record MSet(List<Entry> entries) implements DataCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }

    @Override
    public List<Bytes> keys() {
      return entries.stream().map(Entry::key).toList();
    }
  }

  /** One pair of a MSET. */
  record Entry(Bytes key, Bytes value) {}

  /** EXISTS: how many of the keys are there, a key named twice counts twice. */
  record Exists(List<Bytes> keys) implements DataCommand {}

  /** TOUCH: how many of the keys are there. */
  record Touch(List<Bytes> keys) implements DataCommand {}

  /** STRLEN: the value's bytes, 0 when there is none. */
  record StrLen(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /**
   * GETRANGE, SUBSTR: a part of the value, empty when there is none.
   *
   * @param start the first byte; negative counts from the end, -1 is the last
   * @param end the last byte, inclusive; negative likewise
   */
  record GetRange(Bytes key, long start, long end) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }

    /** The part of a value. */
    public Bytes of(Bytes value) {
      long size = value.size();
      if (start < 0 && end < 0 && start > end) {
        return Bytes.EMPTY;
      }
      long from = Math.max(0, start < 0 ? size + start : start);
      long to = Math.min(size - 1, Math.max(0, end < 0 ? size + end : end));
      return size == 0 || from > to ? Bytes.EMPTY : value.slice((int) from, (int) to + 1);
    }
  }

  /** TTL, PTTL, EXPIRETIME, PEXPIRETIME: the figure, -1 without an expiry, -2 without the key. */
  record Ttl(Bytes key, TtlForm form) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** TYPE: {@code string} or {@code none}. */
  record Type(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** MEMORY USAGE: bytes that the key and its value take, or nil. */
  record MemoryUsage(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** OBJECT ENCODING: {@code int}, {@code embstr} or {@code raw}, or nil. */
  record ObjectEncoding(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }

    /** Redis's name for a value: an integer, at most 44 bytes, or more. */
    public static String of(Bytes value) {
      boolean integer = value.size() <= 20 && Decimal.parse(value).isPresent();
      return integer ? "int" : value.size() <= 44 ? "embstr" : "raw";
    }
  }

  /** DIGEST: the value's {@link dev.torc.protocol.Xxh3} as 16 hexadecimal digits in lower case, or nil. */
  record Digest(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** OBJECT REFCOUNT: 1, or nil. */
  record ObjectRefCount(Bytes key) implements DataCommand {
    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }
}
