package dev.torc.verticles;

import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.wire.PolicyCodec;

/** The policies that were set at run time, as they are kept for the next start. */
final class PoliciesFile {
  static final String NAME = "policies";

  private PoliciesFile() {}

  static byte[] encode(PolicyTable policies) {
    return PolicyCodec.encode(policies);
  }

  /** @throws dev.torc.cluster.wire.MalformedException if the bytes are damaged */
  static PolicyTable decode(byte[] bytes) {
    return PolicyCodec.decode(bytes);
  }
}
