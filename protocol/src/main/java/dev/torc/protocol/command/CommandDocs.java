package dev.torc.protocol.command;

import java.util.List;
import java.util.Locale;

/** The table as the page docs/commands.md. */
final class CommandDocs {
  private static final List<String> GROUPS = List.of("string", "generic", "connection", "server", "cluster", "torc",
      "pubsub", "scripting");

  private static final String TERMS = """

      What stands in the place of the small letters:

      - *level*: `one`, `quorum`, `all`, `sloppy`, `local_quorum`, `strong`, or a count of replicas; `any` for writes. In either case. `R n` and `W n` say a count of
        1 to 16. `KV.LEVEL` takes `default` too, which takes the connection's level away, so that the key's policy or the configuration decides.
      - *context*: what `KV.GET` answered beside the siblings: letters that mean something for this key alone; the empty one has seen nothing. `AFTER` wants
        an answer that covers it; `CONTEXT` supersedes exactly what it saw. What is no context of the key answers `BADCONTEXT`.
      - `TIMEOUT` is 1 to 600000 milliseconds, of which more than `request.max-timeout` (60000) counts as that; `MAXSTALE` 0 to 3600000: how old an answer may be.
      - *prefix*: of all keys that begin with it; `N` is 1 to 16.

      What is answered, as a map (in RESP2 an array of names and values in turn); more fields may come:

      - `KV.GET`: `value`, as `GET` answers it; `context`; `siblings`, an array of maps of `value` (nil of a deletion), `ttl` (milliseconds, -1 for none) and
        `written` (Unix milliseconds), latest first, the one of `value` among them, none when there is no value at all; `level`; `replicas`, how many the answer
        rests on; `stale`, how many milliseconds ago the answer was surely complete, nil when that is not known. To merge: read all `siblings`,
        write what they come to with `CONTEXT`.
      - `KV.SET`: `context`, which covers what was written and what it superseded; `level`; `replicas`, how many had acknowledged it. `KV.DEL`: the same, and
        `deleted`, 1 if there was a value. At level `strong` there is no `CONTEXT`: that is `KV.CAS`.
      - `KV.CAS`, which is strong always: `swapped`, 1 or 0; `value`, what stands instead when it was not swapped; `context`, of what stands now.
      - `KV.MGET`, `KV.MSET`: an array with one such map, or an error, for each key in turn; `KV.MSET` names a key that comes twice once.
      - `KV.SESSION TOKEN`: letters, at most 8 KiB, with which another connection, of any node, goes on; for an hour (`session.max-age`). While a session is
        open all commands of the connection take part, plain ones too: none is answered by who has seen less than the session has, at whatever level it is;
        if nobody can be reached who has, that is an error. `BEGIN` leaves an open session as it is, `RESUME` joins both.
      - `KV.LEVEL`: OK, or `read` and `write`. A connection's level holds for all commands that name none. `READONLY` is a read level of `one` while the
        connection has none of its own.
      """;

  private CommandDocs() {}

  static String markdown() {
    var page = new StringBuilder(
        """
            # Commands

            Generated from the table in `protocol` (`CommandTable`), which also drives the parser and `COMMAND`. To write it anew:
            `mvn -pl protocol test -Dtest=CommandDocsTest -Dcommands.write=true`.

            Every command answers as in Redis, in RESP2 and RESP3, unless its line says otherwise. *Since* is the version of Redis that
            brought it; of Torc for the group torc.
            """);
    for (var group : GROUPS) {
      page.append("\n## ").append(group.substring(0, 1).toUpperCase(Locale.ROOT)).append(group.substring(1))
          .append("\n\n| command | what it does | since | cost |\n|---|---|---|---|\n");
      CommandTable.withSubcommands().stream()
          .filter(spec -> spec.group().equals(group) && (!spec.isContainer() || spec.arity() == -1))
          .forEach(spec -> page.append(line(spec)));
      page.append(group.equals("torc") ? TERMS : "");
    }
    return page.append("\nEverything else answers `ERR unknown command`, as in Redis.\n").toString();
  }

  private static String line(CommandSpec spec) {
    return "| `" + spec.usage().replace("|", "\\|") + "` | " + spec.summary() + " | " + spec.since() + " | "
        + spec.complexity() + " |\n";
  }
}
