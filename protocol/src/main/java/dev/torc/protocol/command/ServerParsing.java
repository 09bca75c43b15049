package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.TableCommand.NameFilter;
import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;

/** CONFIG, CLUSTER, COMMAND, SLOWLOG, PUBSUB, FUNCTION. */
final class ServerParsing {
  private static final int SLOTS = 16_384;
  private static final long SLOWLOG_COUNT = 10;

  private ServerParsing() {}

  static Command configGet(List<Bytes> words) {
    return new ServerCommand.ConfigGet(Words.from(words, 2).stream().map(Glob::new).toList());
  }

  static Command configSet(List<Bytes> words) {
    if (words.size() % 2 != 0) {
      throw Words.syntax();
    }
    var settings = new ArrayList<ServerCommand.Setting>();
    for (int i = 2; i < words.size(); i += 2) {
      settings.add(new ServerCommand.Setting(Words.lower(words.get(i)), words.get(i + 1)));
    }
    return new ServerCommand.ConfigSet(List.copyOf(settings));
  }

  static Command countKeysInSlot(List<Bytes> words) {
    return new KeyspaceCommand.CountKeysInSlot(slot(words.get(2), Errors.INVALID_SLOT));
  }

  static Command keysInSlot(List<Bytes> words) {
    long slot = Words.integer(words.get(2));
    long count = Words.integer(words.get(3));
    if (slot < 0 || slot >= SLOTS || count < 0) {
      throw new Refusal(Errors.INVALID_SLOT_OR_COUNT);
    }
    return new KeyspaceCommand.KeysInSlot((int) slot, count);
  }

  static Command names(List<Bytes> words) {
    if (words.size() == 2) {
      return new TableCommand.Names(new NameFilter.Everything());
    }
    if (words.size() != 5 || !words.get(2).isWord("FILTERBY")) {
      throw Words.syntax();
    }
    var kind = words.get(3);
    var value = words.get(4);
    if (kind.isWord("MODULE")) {
      return new TableCommand.Names(new NameFilter.Module(value));
    }
    if (kind.isWord("ACLCAT")) {
      return new TableCommand.Names(new NameFilter.AclCategory(value));
    }
    if (kind.isWord("PATTERN")) {
      return new TableCommand.Names(new NameFilter.Pattern(new Glob(value)));
    }
    throw Words.syntax();
  }

  static Command slowLogGet(List<Bytes> words) {
    if (words.size() > 3) {
      throw new Refusal(Errors.subcommandArity("slowlog", words.get(1)));
    }
    long count = words.size() == 3 ? Words.integer(words.get(2)) : SLOWLOG_COUNT;
    if (count < -1) {
      throw new Refusal(Errors.SLOWLOG_COUNT);
    }
    return new ServerCommand.SlowLogGet(count);
  }

  /** PUBSUB CHANNELS and SHARDCHANNELS: none. */
  static Command channels(List<Bytes> words) {
    if (words.size() > 3) {
      throw new Refusal(Errors.subcommandArity("pubsub", words.get(1)));
    }
    return new Command.Answered(RespValue.EMPTY_ARRAY);
  }

  /** PUBSUB NUMSUB and SHARDNUMSUB: nobody listens to any of the channels. */
  static Command subscribers(List<Bytes> words) {
    var counts = new ArrayList<RespValue>();
    for (var channel : Words.from(words, 2)) {
      counts.add(RespValue.bulk(channel));
      counts.add(RespValue.ZERO);
    }
    return new Command.Answered(RespValue.array(counts));
  }

  static Command functionFlush(List<Bytes> words) {
    boolean fits = words.size() == 2
        || words.size() == 3 && (words.get(2).isWord("SYNC") || words.get(2).isWord("ASYNC"));
    return fits ? new Command.Answered(RespValue.OK) : new Command.Refused(Errors.FLUSH_OPTION);
  }

  private static int slot(Bytes word, String error) {
    long slot = Words.integer(word);
    if (slot < 0 || slot >= SLOTS) {
      throw new Refusal(error);
    }
    return (int) slot;
  }
}
