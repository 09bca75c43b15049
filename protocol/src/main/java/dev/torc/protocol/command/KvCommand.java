package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Torc's own commands: values with contexts and siblings, levels, sessions, and the policies of key prefixes. */
public sealed interface KvCommand extends Command {
  @Override
  default Access access() {
    return Access.NONE;
  }

  /**
   * What a read asks for beside its keys; what is empty comes from the connection, the key's policy or the configuration.
   *
   * @param after a context that the answer must cover
   * @param maxStaleMillis how old an answer may be, 0 to 3,600,000
   * @param timeoutMillis 1 to 600,000
   */
  record ReadTerms(Optional<Level> level, Optional<Bytes> after, OptionalLong maxStaleMillis,
      OptionalLong timeoutMillis) {
    public static final ReadTerms NONE = new ReadTerms(Optional.empty(), Optional.empty(), OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** The same of a write. */
  record WriteTerms(Optional<Level> level, OptionalLong timeoutMillis) {
    public static final WriteTerms NONE = new WriteTerms(Optional.empty(), OptionalLong.empty());
  }

  /** KV.GET: all siblings and their context. */
  record Get(Bytes key, ReadTerms terms) implements KvCommand {
    @Override
    public Access access() {
      return Access.READ;
    }

    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /**
   * KV.SET.
   *
   * @param context supersedes exactly what it saw; empty supersedes what the coordinator holds, as a plain SET does
   */
  record Set(Bytes key, Bytes value, Optional<Bytes> context, Expiry expiry, WriteTerms terms) implements KvCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }

    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** KV.DEL. */
  record Del(Bytes key, Optional<Bytes> context, WriteTerms terms) implements KvCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }

    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** KV.MGET: for each key what KV.GET answers. {@code terms.after} is empty. */
  record MGet(List<Bytes> keys, ReadTerms terms) implements KvCommand {
    @Override
    public Access access() {
      return Access.READ;
    }
  }

  /** KV.MSET. Of a key that comes twice the last value counts. */
  record MSet(List<DataCommand.Entry> entries, Expiry expiry, WriteTerms terms) implements KvCommand {
    @Override
    public Access access() {
      return Access.WRITE;
    }

    @Override
    public List<Bytes> keys() {
      return entries.stream().map(DataCommand.Entry::key).toList();
    }
  }

  /** KV.EXPLAIN: where a key lives, what holds for it, and what each replica has of it. */
  record Explain(Bytes key) implements KvCommand {
    @Override
    public Access access() {
      return Access.READ;
    }

    @Override
    public List<Bytes> keys() {
      return List.of(key);
    }
  }

  /** KV.LEVEL: changes the connection's levels; with neither changed, shows them. */
  record Levels(LevelChange read, LevelChange write) implements KvCommand {}

  /** KV.SESSION BEGIN: from here on, this connection reads its own writes and never an older state than it has read. */
  record SessionBegin() implements KvCommand {}

  /** KV.SESSION TOKEN: what another connection may resume the session with. */
  record SessionToken() implements KvCommand {
    @Override
    public Access access() {
      return Access.BARRIER;
    }
  }

  /** KV.SESSION RESUME. */
  record SessionResume(Bytes token) implements KvCommand {}

  /** KV.SESSION END. */
  record SessionEnd() implements KvCommand {}

  /** KV.POLICY GET: of exactly this prefix. */
  record PolicyGet(Bytes prefix) implements KvCommand {}

  /** KV.POLICY LIST. */
  record PolicyList() implements KvCommand {}

  /** KV.POLICY DEL. */
  record PolicyDel(Bytes prefix) implements KvCommand {
    @Override
    public Access access() {
      return Access.BARRIER;
    }
  }

  /**
   * KV.POLICY SET: what is given changes, the rest stays; at least one is given.
   *
   * @param replicas N, 1 to 16
   * @param strong whether plain reads and writes are linearizable too
   */
  record PolicySet(Bytes prefix, Optional<Conflict> conflict, Optional<Level> read, Optional<Level> write,
      OptionalInt replicas, Optional<Boolean> strong) implements KvCommand {
    @Override
    public Access access() {
      return Access.BARRIER;
    }
  }

  /** What becomes of concurrent writes. */
  enum Conflict {
    /** All are kept until a write supersedes them. */
    SIBLINGS,
    /** The latest is kept. */
    LATEST
  }
}
