package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.RespVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commands that a connection answers by itself, or that change it. */
public sealed interface ConnectionCommand extends Command {
  @Override
  default Access access() {
    return Access.NONE;
  }

  record Ping(Optional<Bytes> message) implements ConnectionCommand {}

  record Echo(Bytes message) implements ConnectionCommand {}

  record Quit() implements ConnectionCommand {}

  record Reset() implements ConnectionCommand {}

  /**
   * @param version empty keeps the connection's
   * @param auth done before anything else
   * @param name becomes the connection's; the empty name takes it away
   */
  record Hello(Optional<RespVersion> version, Optional<Auth> auth, Optional<Bytes> name) implements ConnectionCommand {}

  /** @param user {@code default} when the client named none, told by {@code named} */
  record Auth(Bytes user, Bytes password, boolean named) implements ConnectionCommand {
    /** Without the password. */
    @Override
    public String toString() {
      return "Auth[user=" + user + "]";
    }
  }

  /** @param db always 0 */
  record Select(int db) implements ConnectionCommand {}

  record ReadOnly() implements ConnectionCommand {}

  record ReadWrite() implements ConnectionCommand {}

  record Asking() implements ConnectionCommand {}

  record ClientId() implements ConnectionCommand {}

  /** @param name empty takes it away */
  record ClientSetName(Bytes name) implements ConnectionCommand {}

  record ClientGetName() implements ConnectionCommand {}

  /** @param attribute {@code lib-name} or {@code lib-ver} */
  record ClientSetInfo(String attribute, Bytes value) implements ConnectionCommand {}

  record ClientInfo() implements ConnectionCommand {}

  /**
   * @param type {@code normal}, {@code master}, {@code replica} or {@code pubsub}; Torc's clients are all normal
   * @param ids empty for all
   */
  record ClientList(Optional<String> type, List<Long> ids) implements ConnectionCommand {}

  /**
   * Closes the connections to which every given filter applies.
   *
   * @param oldForm {@code CLIENT KILL addr:port}: the reply is OK or {@link Errors#NO_SUCH_CLIENT}, else the number of closed connections
   * @param skipMe whether to spare the connection that asks
   */
  record ClientKill(boolean oldForm, OptionalLong id, Optional<String> type, Optional<String> address,
      Optional<String> localAddress, Optional<String> user, boolean skipMe, OptionalLong maxAgeSeconds)
      implements
        ConnectionCommand {}

  record ClientNoEvict(boolean on) implements ConnectionCommand {}

  record ClientNoTouch(boolean on) implements ConnectionCommand {}

  record ClientReply(ReplyMode mode) implements ConnectionCommand {}

  /** CLIENT TRACKING OFF: OK. */
  record ClientTrackingOff() implements ConnectionCommand {}

  /** ON replies; OFF does not; SKIP does not to the next command. OFF and SKIP have no reply themselves. */
  enum ReplyMode {
    ON,
    OFF,
    SKIP
  }
}
