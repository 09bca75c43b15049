package dev.torc.protocol.command;

import dev.torc.protocol.resp.RespValue;

/**
 * The first word of an error, by which clients decide whether to send the request again. Redisson, go-redis, vertx and ioredis retry some of them
 * on their own, so the ones that are retried may be used only when nothing was applied.
 */
public enum ErrorCode {
  /** Anything else; nobody retries it. */
  ERR(false),
  /** The level of a read cannot be reached. */
  CLUSTERDOWN(true),
  /** The level of a write cannot be reached, and nothing was sent. */
  NOREPLICAS(true),
  /** Another request was in the way. */
  TRYAGAIN(true),
  /** The node is starting. */
  LOADING(true),
  /** The node has too much to do. */
  BUSY(true),
  /** A write that may have been applied; nobody retries it on his own. */
  UNCERTAIN(false),
  /** What a client handed back is no context. */
  BADCONTEXT(false),
  /** The keys of a command lie in several slots, and the configuration forbids that. */
  CROSSSLOT(false),
  /** The key holds another type. */
  WRONGTYPE(false),
  /** Say who you are first. */
  NOAUTH(false),
  /** Wrong name or password. */
  WRONGPASS(false),
  /** Neither RESP2 nor RESP3. */
  NOPROTO(false),
  /** Protected mode. */
  DENIED(false);

  private final boolean retried;

  ErrorCode(boolean retried) {
    this.retried = retried;
  }

  /** Whether clients send the request again by themselves, so that nothing may have been applied. */
  public boolean retried() {
    return retried;
  }

  /** The text with the code in front. */
  public String text(String message) {
    return name() + " " + message;
  }

  /** The reply. */
  public RespValue error(String message) {
    return new RespValue.Error(text(message));
  }
}
