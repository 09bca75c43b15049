package dev.torc.cluster.check;

import dev.torc.protocol.Bytes;

/** What is asked of one key that holds a string or nothing. What each answers is said beside it. */
public sealed interface RegisterOp {
  /** {@link RegisterResult.Found} the value. GET. */
  record Read() implements RegisterOp {}

  /** {@link RegisterResult.Applied} true. SET. */
  record Put(Bytes value) implements RegisterOp {}

  /** {@link RegisterResult.Applied}, whether the condition held. SET with NX, XX or IFEQ. */
  record PutIf(Bytes value, Condition condition) implements RegisterOp {}

  /** {@link RegisterResult.Found} the value before. GETSET, SET with GET. */
  record GetAndPut(Bytes value) implements RegisterOp {}

  /** {@link RegisterResult.Applied}, whether there was a value. DEL. */
  record Remove() implements RegisterOp {}

  /** {@link RegisterResult.Applied}, whether this was the value. */
  record RemoveIfEquals(Bytes expected) implements RegisterOp {}

  /** {@link RegisterResult.Found} the value before. GETDEL. */
  record GetAndRemove() implements RegisterOp {}

  /** {@link RegisterResult.Number} the sum; nothing counts as 0. {@link RegisterResult.Refused} if the value or the sum is no 64-bit integer. INCRBY. */
  record Add(long by) implements RegisterOp {}

  /** {@link RegisterResult.Number} the length after it, in bytes. APPEND. */
  record Append(Bytes suffix) implements RegisterOp {}

  /** What must hold of the value before. */
  sealed interface Condition {
    /** NX. */
    record IsAbsent() implements Condition {}

    /** XX. */
    record IsPresent() implements Condition {}

    /** IFEQ; nothing equals no value. */
    record IsEqual(Bytes expected) implements Condition {}
  }
}
