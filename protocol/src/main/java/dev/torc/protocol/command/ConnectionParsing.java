package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ConnectionCommand.Auth;
import dev.torc.protocol.resp.RespVersion;
import java.util.List;
import java.util.Optional;

/** The commands about a connection, but for CLIENT. */
final class ConnectionParsing {
  private static final Bytes DEFAULT_USER = Bytes.of("default");

  private ConnectionParsing() {}

  static Command ping(List<Bytes> words) {
    if (words.size() > 2) {
      throw new Refusal(Errors.wrongArity("ping"));
    }
    return new ConnectionCommand.Ping(words.size() == 2 ? Optional.of(words.get(1)) : Optional.empty());
  }

  static Command auth(List<Bytes> words) {
    if (words.size() > 3) {
      throw Words.syntax();
    }
    return words.size() == 3 ? new Auth(words.get(1), words.get(2), true) : new Auth(DEFAULT_USER, words.get(1), false);
  }

  static Command select(List<Bytes> words) {
    long db = Words.integer(words.get(1));
    if (db != (int) db) {
      throw new Refusal(Errors.NOT_AN_INTEGER);
    }
    if (db != 0) {
      throw new Refusal(db < 0 ? Errors.DB_INDEX : Errors.SELECT_IN_CLUSTER);
    }
    return new ConnectionCommand.Select(0);
  }

  static Command hello(List<Bytes> words) {
    if (words.size() == 1) {
      return new ConnectionCommand.Hello(Optional.empty(), Optional.empty(), Optional.empty());
    }
    var version = version(words.get(1));
    Optional<Auth> auth = Optional.empty();
    Optional<Bytes> name = Optional.empty();
    for (int i = 2; i < words.size();) {
      if (words.get(i).isWord("AUTH") && i + 2 < words.size()) {
        auth = Optional.of(new Auth(words.get(i + 1), words.get(i + 2), true));
        i += 3;
      } else if (Words.isOption(words, i, "SETNAME")) {
        name = Optional.of(Words.visible(words.get(i + 1), Errors.CLIENT_NAME));
        i += 2;
      } else {
        throw new Refusal(Errors.helloOption(words.get(i)));
      }
    }
    return new ConnectionCommand.Hello(Optional.of(version), auth, name);
  }

  private static RespVersion version(Bytes word) {
    long number = Words.integer(word, Errors.PROTO_NOT_AN_INTEGER);
    for (var version : RespVersion.values()) {
      if (version.number() == number) {
        return version;
      }
    }
    throw new Refusal(Errors.NO_PROTO);
  }
}
