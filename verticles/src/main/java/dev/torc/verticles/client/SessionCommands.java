package dev.torc.verticles.client;

import dev.torc.cluster.session.Session;
import dev.torc.cluster.session.SessionToken;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import java.util.Optional;

/** KV.SESSION. */
final class SessionCommands {
  private static final RespValue NONE_OPEN = RespValue.error("ERR no session is open, KV.SESSION BEGIN opens one");

  private final long maxAgeMillis;
  private final long maxSkewMillis;

  SessionCommands(long maxAgeMillis, long maxSkewMillis) {
    this.maxAgeMillis = maxAgeMillis;
    this.maxSkewMillis = maxSkewMillis;
  }

  /** One that is open stays open. */
  RespValue begin(ClientSession client) {
    opened(client);
    return RespValue.OK;
  }

  /** @param by of the command, so that what came before it has been answered and is in the token */
  RespValue token(ConnectionTerms by) {
    return by.session().map(session -> RespValue.bulk(SessionToken.write(session, SystemClock.now().wallMillis())))
        .orElse(NONE_OPEN);
  }

  /** A session that is open has then seen what both have. */
  RespValue resume(KvCommand.SessionResume resume, ClientSession client) {
    long now = SystemClock.now().wallMillis();
    return switch (SessionToken.read(resume.token(), now, maxAgeMillis, maxSkewMillis)) {
      case SessionToken.Bad bad -> ErrorCode.BADCONTEXT.error(bad.error());
      case SessionToken.Good good -> {
        opened(client).join(good.session());
        yield RespValue.OK;
      }
    };
  }

  /** Commands that came before it and wait for their turn are still in the session. */
  RespValue end(ClientSession client) {
    if (client.terms.session().isEmpty()) {
      return NONE_OPEN;
    }
    client.terms = client.terms.withSession(Optional.empty());
    return RespValue.OK;
  }

  private static Session opened(ClientSession client) {
    var session = client.terms.session().orElseGet(Session::new);
    client.terms = client.terms.withSession(Optional.of(session));
    return session;
  }
}
