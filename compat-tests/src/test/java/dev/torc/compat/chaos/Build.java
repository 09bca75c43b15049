package dev.torc.compat.chaos;

import com.typesafe.config.ConfigFactory;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;

/** What the nodes of this build can do. */
final class Build {
  private Build() {}

  /** Whether replicas find what they lack without anybody who reads it. */
  static boolean repairsItself() {
    return ConfigFactory.defaultReference().hasPath("torc.antientropy.interval");
  }

  /** Whether fallbacks stand in for replicas. */
  static boolean isSloppy(RespSocket socket) {
    return !(socket.call("KV.GET", "probe", "LEVEL", "SLOPPY") instanceof ErrorReply);
  }
}
