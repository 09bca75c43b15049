package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ConnectionCommand.ReplyMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** <a href="https://redis.io/commands/client">CLIENT</a>. */
final class ClientParsing {
  private static final List<String> TYPES = List.of("normal", "master", "replica", "slave", "pubsub");

  private ClientParsing() {}

  static Command setName(List<Bytes> words) {
    return new ConnectionCommand.ClientSetName(Words.visible(words.get(2), Errors.CLIENT_NAME));
  }

  static Command setInfo(List<Bytes> words) {
    for (var attribute : List.of("lib-name", "lib-ver")) {
      if (words.get(2).isWord(attribute.toUpperCase(Locale.ROOT))) {
        var value = Words.visible(words.get(3), Errors.libraryAttribute(attribute));
        return new ConnectionCommand.ClientSetInfo(attribute, value);
      }
    }
    throw new Refusal(Errors.unrecognizedOption(words.get(2)));
  }

  static Command list(List<Bytes> words) {
    if (words.size() == 2) {
      return new ConnectionCommand.ClientList(Optional.empty(), List.of());
    }
    if (words.size() == 4 && words.get(2).isWord("TYPE")) {
      return new ConnectionCommand.ClientList(Optional.of(type(words.get(3))), List.of());
    }
    if (words.size() < 4 || !words.get(2).isWord("ID")) {
      throw Words.syntax();
    }
    var ids = new ArrayList<Long>();
    for (int i = 3; i < words.size(); i++) {
      ids.add(Words.integer(words.get(i), Errors.CLIENT_ID));
    }
    return new ConnectionCommand.ClientList(Optional.empty(), List.copyOf(ids));
  }

  static Command kill(List<Bytes> words) {
    if (words.size() == 3) {
      return new ConnectionCommand.ClientKill(true, OptionalLong.empty(), Optional.empty(),
          Optional.of(words.get(2).text()), Optional.empty(), Optional.empty(), false, OptionalLong.empty());
    }
    return new KillFilters(words).command();
  }

  static Command reply(List<Bytes> words) {
    for (var mode : ReplyMode.values()) {
      if (words.get(2).isWord(mode.name())) {
        return new ConnectionCommand.ClientReply(mode);
      }
    }
    throw Words.syntax();
  }

  static Command tracking(List<Bytes> words) {
    if (Words.onOrOff(words.get(2))) {
      throw new Refusal(Errors.NO_TRACKING);
    }
    return new ConnectionCommand.ClientTrackingOff();
  }

  private static String type(Bytes word) {
    var type = Words.lower(word);
    if (!TYPES.contains(type)) {
      throw new Refusal(Errors.unknownClientType(word));
    }
    return type.equals("slave") ? "replica" : type;
  }

  /** Filters in pairs of words; the last of each kind counts. */
  private static final class KillFilters {
    private OptionalLong id = OptionalLong.empty();
    private Optional<String> type = Optional.empty();
    private Optional<String> address = Optional.empty();
    private Optional<String> localAddress = Optional.empty();
    private Optional<String> user = Optional.empty();
    private boolean skipMe = true;
    private OptionalLong maxAgeSeconds = OptionalLong.empty();

    KillFilters(List<Bytes> words) {
      for (int i = 2; i < words.size(); i += 2) {
        if (i + 1 == words.size()) {
          throw Words.syntax();
        }
        read(words.get(i).text().toUpperCase(Locale.ROOT), words.get(i + 1));
      }
    }

    private void read(String filter, Bytes value) {
      switch (filter) {
        case "ID" -> id = OptionalLong.of(positive(value));
        case "TYPE" -> type = Optional.of(type(value));
        case "ADDR" -> address = Optional.of(value.text());
        case "LADDR" -> localAddress = Optional.of(value.text());
        case "USER" -> user = Optional.of(value.text());
        case "SKIPME" -> skipMe = Words.either(value, "YES", "NO");
        case "MAXAGE" -> maxAgeSeconds = OptionalLong.of(positive(value));
        default -> throw Words.syntax();
      }
    }

    private static long positive(Bytes word) {
      long number = Words.integer(word, Errors.KILL_ID);
      if (number < 1) {
        throw new Refusal(Errors.KILL_ID);
      }
      return number;
    }

    Command command() {
      return new ConnectionCommand.ClientKill(false, id, type, address, localAddress, user, skipMe, maxAgeSeconds);
    }
  }
}
