package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.TableCommand.NameFilter;
import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;

/** The table as the replies of the <a href="https://redis.io/commands/command">COMMAND</a> family, in the shapes of Redis 7. */
public final class CommandReplies {
  private static final List<String> DELETING = List.of("del", "unlink", "delex", "delifeq", "kv.del");
  private static final List<String> OVERWRITING = List.of("set", "setnx", "setex", "psetex", "mset", "msetnx", "kv.set",
      "kv.mset");
  private static final List<String> ACCESSING = List.of("get", "mget", "kv.get", "kv.mget");

  private CommandReplies() {}

  public static RespValue reply(TableCommand command) {
    return switch (command) {
      case TableCommand.All all -> infos(CommandTable.commands());
      case TableCommand.Count count -> RespValue.integer(CommandTable.commands().size());
      case TableCommand.Info info -> info.names().isEmpty() ? infos(CommandTable.commands()) : infosOf(info.names());
      case TableCommand.Docs docs -> docs(docs.names());
      case TableCommand.Names names -> names(names.filter());
      case TableCommand.GetKeys getKeys -> getKeys(getKeys.words());
    };
  }

  private static RespValue infos(List<CommandSpec> specs) {
    return RespValue.array(specs.stream().map(CommandReplies::info).toList());
  }

  private static RespValue infosOf(List<Bytes> names) {
    return RespValue.array(names.stream().map(CommandTable::findFullName)
        .map(spec -> spec == null ? RespValue.NIL_ARRAY : info(spec)).toList());
  }

  /** Ten entries: name, arity, flags, first key, last key, step, categories, tips, key specifications, subcommands. */
  private static RespValue info(CommandSpec spec) {
    var keys = spec.keys().isCounted() ? KeyRange.NONE : spec.keys();
    return RespValue.array(RespValue.bulk(spec.name()), RespValue.integer(spec.arity()), words(spec.flags()),
        RespValue.integer(keys.first()), RespValue.integer(keys.last()), RespValue.integer(keys.step()),
        words(spec.categories()), bulks(spec.tips()), keySpecs(spec),
        infos(spec.subcommands()));
  }

  private static RespValue words(List<String> words) {
    return new RespValue.SetReply(words.stream().map(RespValue::simple).toList());
  }

  private static RespValue bulks(List<String> texts) {
    return RespValue.array(texts.stream().map(RespValue::bulk).toList());
  }

  private static RespValue keySpecs(CommandSpec spec) {
    if (spec.keys().isNone()) {
      return new RespValue.SetReply(List.of());
    }
    var keys = spec.keys();
    var begin = RespValue.map(RespValue.bulk("type"), RespValue.bulk("index"), RespValue.bulk("spec"),
        RespValue.map(RespValue.bulk("index"),
            RespValue.integer(keys.isCounted() ? keys.countAt() : keys.first())));
    return new RespValue.SetReply(List.of(RespValue.map(RespValue.bulk("flags"), words(keyFlags(spec)),
        RespValue.bulk("begin_search"), begin, RespValue.bulk("find_keys"), findKeys(keys))));
  }

  private static List<String> keyFlags(CommandSpec spec) {
    if (!spec.flags().contains("write")) {
      return ACCESSING.contains(spec.name()) ? List.of("RO", "ACCESS") : List.of("RO");
    }
    return DELETING.contains(spec.name())
        ? List.of("RM", "DELETE")
        : List.of(OVERWRITING.contains(spec.name()) ? "OW" : "RW", "UPDATE");
  }

  private static RespValue findKeys(KeyRange keys) {
    if (keys.isCounted()) {
      var count = RespValue.map(RespValue.bulk("keynumidx"), RespValue.ZERO, RespValue.bulk("firstkey"),
          RespValue.integer(keys.first() - keys.countAt()), RespValue.bulk("keystep"),
          RespValue.integer(keys.step()));
      return RespValue.map(RespValue.bulk("type"), RespValue.bulk("keynum"), RespValue.bulk("spec"), count);
    }
    int last = keys.last() < 0 ? keys.last() : keys.last() - keys.first();
    var range = RespValue.map(RespValue.bulk("lastkey"), RespValue.integer(last), RespValue.bulk("keystep"),
        RespValue.integer(keys.step()), RespValue.bulk("limit"), RespValue.ZERO);
    return RespValue.map(RespValue.bulk("type"), RespValue.bulk("range"), RespValue.bulk("spec"), range);
  }

  private static RespValue docs(List<Bytes> names) {
    var pairs = new ArrayList<RespValue>();
    if (names.isEmpty()) {
      CommandTable.commands().forEach(spec -> addDoc(pairs, spec));
    }
    for (var name : names) {
      var spec = CommandTable.findFullName(name);
      if (spec != null) {
        addDoc(pairs, spec);
      }
    }
    return new RespValue.MapReply(List.copyOf(pairs));
  }

  private static void addDoc(List<RespValue> pairs, CommandSpec spec) {
    var doc = new ArrayList<RespValue>();
    for (var entry : List.of(List.of("summary", spec.summary()), List.of("since", spec.since()),
        List.of("group", spec.group()), List.of("complexity", spec.complexity()))) {
      doc.add(RespValue.bulk(entry.get(0)));
      doc.add(RespValue.bulk(entry.get(1)));
    }
    var arguments = ArgumentGrammar.parse(spec.grammar());
    if (!arguments.isEmpty()) {
      doc.add(RespValue.bulk("arguments"));
      doc.add(RespValue.array(arguments.stream().map(ArgumentSpec::reply).toList()));
    }
    if (spec.isContainer()) {
      var subcommands = new ArrayList<RespValue>();
      spec.subcommands().forEach(subcommand -> addDoc(subcommands, subcommand));
      doc.add(RespValue.bulk("subcommands"));
      doc.add(new RespValue.MapReply(List.copyOf(subcommands)));
    }
    pairs.add(RespValue.bulk(spec.name()));
    pairs.add(new RespValue.MapReply(List.copyOf(doc)));
  }

  private static RespValue names(NameFilter filter) {
    return bulks(CommandTable.withSubcommands().stream().filter(spec -> isListed(spec, filter)).map(CommandSpec::name)
        .toList());
  }

  private static boolean isListed(CommandSpec spec, NameFilter filter) {
    return switch (filter) {
      case NameFilter.Everything everything -> true;
      case NameFilter.Module module -> false;
      case NameFilter.AclCategory category -> spec.categories().contains("@" + Words.lower(category.name()));
      case NameFilter.Pattern pattern -> pattern.glob().matchesAnyCase(Bytes.of(spec.name()));
    };
  }

  private static RespValue getKeys(List<Bytes> words) {
    var spec = CommandTable.find(words);
    if (spec == null) {
      return RespValue.error(Errors.INVALID_COMMAND);
    }
    if (spec.keys().isNone()) {
      return RespValue.error(Errors.NO_KEY_ARGUMENTS);
    }
    if (!spec.accepts(words.size())) {
      return RespValue.error(Errors.GETKEYS_ARITY);
    }
    var keys = spec.keys().keys(words);
    return keys.isEmpty()
        ? RespValue.error(Errors.GETKEYS_ARGUMENTS)
        : RespValue.array(keys.stream().map(RespValue::bulk).toList());
  }
}
