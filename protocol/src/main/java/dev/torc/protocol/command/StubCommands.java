package dev.torc.protocol.command;

import dev.torc.protocol.command.Command.Answered;
import dev.torc.protocol.resp.RespValue;
import java.util.List;
import java.util.stream.Stream;

/** Commands that clients send without need, about things that Torc does not have: the answers are true, and empty. */
final class StubCommands {
  private StubCommands() {}

  static List<CommandSpec> rows() {
    return Stream.of(pubSub(), latency(), function()).flatMap(List::stream).toList();
  }

  private static List<CommandSpec> pubSub() {
    var group = new CommandGroup("pubsub");
    group.container("PUBSUB", "2.8.0", "A container for Pub/Sub commands; there are no channels.", pubSub -> {
      pubSub.row("CHANNELS [pattern]", -2, "pubsub loading stale", KeyRange.NONE, "2.8.0", "O(1)",
          "Returns no channels.", ServerParsing::channels);
      pubSub.row("NUMPAT", 2, "pubsub loading stale", KeyRange.NONE, "2.8.0", "O(1)", "Returns 0.",
          words -> new Answered(RespValue.ZERO));
      pubSub.row("NUMSUB [channel [channel ...]]", -2, "pubsub loading stale", KeyRange.NONE, "2.8.0",
          "O(N) where N is the number of channels asked for.", "Returns 0 for every channel.",
          ServerParsing::subscribers);
      pubSub.row("SHARDCHANNELS [pattern]", -2, "pubsub loading stale", KeyRange.NONE, "7.0.0", "O(1)",
          "Returns no channels.", ServerParsing::channels);
      pubSub.row("SHARDNUMSUB [shardchannel [shardchannel ...]]", -2, "pubsub loading stale", KeyRange.NONE, "7.0.0",
          "O(N) where N is the number of channels asked for.", "Returns 0 for every channel.",
          ServerParsing::subscribers);
    });
    return group.rows();
  }

  private static List<CommandSpec> latency() {
    var group = new CommandGroup("server");
    group.container("LATENCY", "2.8.13", "A container for latency diagnostics commands; nothing is recorded.",
        latency -> {
          latency.row("LATEST", 2, "admin noscript loading stale", KeyRange.NONE, "2.8.13", "O(1)",
              "Returns no events.",
              words -> new Answered(RespValue.EMPTY_ARRAY));
          latency.row("HISTORY event", 3, "admin noscript loading stale", KeyRange.NONE, "2.8.13", "O(1)",
              "Returns no events.", words -> new Answered(RespValue.EMPTY_ARRAY));
          latency.row("RESET [event [event ...]]", -2, "admin noscript loading stale", KeyRange.NONE, "2.8.13", "O(1)",
              "Returns 0.", words -> new Answered(RespValue.ZERO));
          latency.row("DOCTOR", 2, "admin noscript loading stale", KeyRange.NONE, "2.8.13", "O(1)",
              "Says that nothing is recorded.",
              words -> new Answered(new RespValue.Verbatim("Torc does not record latency events.\n")));
        });
    return group.rows();
  }

  private static List<CommandSpec> function() {
    var group = new CommandGroup("scripting");
    group.container("FUNCTION", "7.0.0", "A container for function commands; there are no functions.",
        function -> function.row("FLUSH [ASYNC | SYNC]", -2,
            "write noscript @scripting tip:request_policy:all_shards tip:response_policy:all_succeeded", KeyRange.NONE,
            "7.0.0", "O(1)", "Deletes all functions, of which there are none.", ServerParsing::functionFlush));
    return group.rows();
  }
}
