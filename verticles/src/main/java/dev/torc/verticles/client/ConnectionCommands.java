package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ConnectionCommand;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.command.Level;
import dev.torc.protocol.command.LevelChange;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Commands that a connection answers by itself. */
final class ConnectionCommands {
  /** The version whose commands and texts Torc follows; test suites pick their tests by it. */
  static final String REDIS_VERSION = "7.2.4";
  private static final Bytes DEFAULT_USER = Bytes.of("default");

  private final Clients clients;

  ConnectionCommands(Clients clients) {
    this.clients = clients;
  }

  RespValue reply(ConnectionCommand command, ClientConnection connection) {
    var session = connection.session();
    return switch (command) {
      case ConnectionCommand.Ping ping -> ping.message().map(RespValue::bulk).orElse(RespValue.PONG);
      case ConnectionCommand.Echo echo -> RespValue.bulk(echo.message());
      case ConnectionCommand.Quit quit -> RespValue.OK;
      case ConnectionCommand.Reset reset -> {
        session.reset();
        yield RespValue.RESET;
      }
      case ConnectionCommand.Hello hello -> hello(hello, session);
      case ConnectionCommand.Auth auth -> auth(auth);
      case ConnectionCommand.Select select -> RespValue.OK;
      case ConnectionCommand.ReadOnly readOnly -> readOnly(session, true);
      case ConnectionCommand.ReadWrite readWrite -> readOnly(session, false);
      case ConnectionCommand.Asking asking -> RespValue.OK;
      case ConnectionCommand.ClientId id -> RespValue.integer(session.id);
      case ConnectionCommand.ClientSetName name -> {
        session.name = name.name();
        yield RespValue.OK;
      }
      case ConnectionCommand.ClientGetName name ->
        session.name.size() == 0 ? RespValue.NIL : RespValue.bulk(session.name);
      case ConnectionCommand.ClientSetInfo info -> setInfo(info, session);
      case ConnectionCommand.ClientInfo info -> new RespValue.Verbatim(connection.line() + "\n");
      case ConnectionCommand.ClientList list -> list(list);
      case ConnectionCommand.ClientKill kill -> kill(kill, connection);
      case ConnectionCommand.ClientNoEvict noEvict -> {
        session.noEvict = noEvict.on();
        yield RespValue.OK;
      }
      case ConnectionCommand.ClientNoTouch noTouch -> {
        session.noTouch = noTouch.on();
        yield RespValue.OK;
      }
      case ConnectionCommand.ClientReply mode -> RespValue.OK;
      case ConnectionCommand.ClientTrackingOff off -> RespValue.OK;
    };
  }

  private static RespValue hello(ConnectionCommand.Hello hello, ClientSession session) {
    var refused = hello.auth().map(ConnectionCommands::auth).filter(reply -> reply != RespValue.OK);
    if (refused.isPresent()) {
      return refused.get();
    }
    hello.version().ifPresent(version -> session.version = version);
    hello.name().ifPresent(name -> session.name = name);
    return RespValue.map(RespValue.bulk("server"), RespValue.bulk("redis"), RespValue.bulk("version"),
        RespValue.bulk(REDIS_VERSION),
        RespValue.bulk("proto"), RespValue.integer(session.version.number()), RespValue.bulk("id"),
        RespValue.integer(session.id),
        RespValue.bulk("mode"), RespValue.bulk("cluster"), RespValue.bulk("role"), RespValue.bulk("master"),
        RespValue.bulk("modules"),
        RespValue.EMPTY_ARRAY);
  }

  /** No password is set: the default user may come with any, and there is no other user. */
  private static RespValue auth(ConnectionCommand.Auth auth) {
    if (!auth.named()) {
      return RespValue.error(Errors.NO_PASSWORD_SET);
    }
    return auth.user().equals(DEFAULT_USER) ? RespValue.OK : RespValue.error(Errors.WRONG_PASS);
  }

  private static RespValue readOnly(ClientSession session, boolean on) {
    session.terms = session.terms.withReadOnly(on);
    return RespValue.OK;
  }

  /** KV.LEVEL, which without changes tells what there is. */
  RespValue levels(KvCommand.Levels change, ClientSession session) {
    var terms = session.terms;
    if (change.read() instanceof LevelChange.Keep && change.write() instanceof LevelChange.Keep) {
      return RespValue.map(RespValue.bulk("read"), level(terms.read()), RespValue.bulk("write"), level(terms.write()));
    }
    session.terms = terms.withLevels(changed(terms.read(), change.read()), changed(terms.write(), change.write()));
    return RespValue.OK;
  }

  private static RespValue level(Optional<Level> level) {
    return RespValue.bulk(level.map(Level::toString).orElse("default"));
  }

  private static Optional<Level> changed(Optional<Level> level, LevelChange change) {
    return switch (change) {
      case LevelChange.Keep keep -> level;
      case LevelChange.Default none -> Optional.empty();
      case LevelChange.To to -> Optional.of(to.level());
    };
  }

  private static RespValue setInfo(ConnectionCommand.ClientSetInfo info, ClientSession session) {
    if (info.attribute().equals("lib-name")) {
      session.libraryName = info.value();
    } else {
      session.libraryVersion = info.value();
    }
    return RespValue.OK;
  }

  private RespValue list(ConnectionCommand.ClientList list) {
    boolean anyType = list.type().isEmpty() || list.type().get().equals("normal");
    var lines = new StringBuilder();
    clients.all().stream()
        .filter(client -> anyType && (list.ids().isEmpty() || list.ids().contains(client.session().id)))
        .forEach(client -> lines.append(client.line()).append('\n'));
    return new RespValue.Verbatim(lines.toString());
  }

  private RespValue kill(ConnectionCommand.ClientKill kill, ClientConnection asking) {
    long now = SystemClock.now().wallMillis();
    Predicate<ClientConnection> spared = client -> kill.skipMe() && client == asking;
    List<ClientConnection> killed = clients.all().stream().filter(spared.negate())
        .filter(client -> isMeant(kill, client.session(), now)).toList();
    killed.stream().filter(client -> client != asking).forEach(ClientConnection::kill);
    if (killed.contains(asking)) {
      asking.end();
    }
    if (kill.oldForm()) {
      return killed.isEmpty() ? RespValue.error(Errors.NO_SUCH_CLIENT) : RespValue.OK;
    }
    return RespValue.integer(killed.size());
  }

  private static boolean isMeant(ConnectionCommand.ClientKill kill, ClientSession session, long now) {
    return (kill.id().isEmpty() || kill.id().getAsLong() == session.id)
        && kill.type().map(type -> type.equals("normal")).orElse(true)
        && kill.address().map(address -> address.equals(session.address)).orElse(true)
        && kill.localAddress().map(address -> address.equals(session.localAddress)).orElse(true)
        && kill.user().map(user -> user.equals("default")).orElse(true)
        && (kill.maxAgeSeconds().isEmpty() || now - session.openedAtMillis >= kill.maxAgeSeconds().getAsLong() * 1000);
  }
}
