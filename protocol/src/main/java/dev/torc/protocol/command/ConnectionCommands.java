package dev.torc.protocol.command;

import dev.torc.protocol.command.ConnectionCommand.Asking;
import dev.torc.protocol.command.ConnectionCommand.ClientGetName;
import dev.torc.protocol.command.ConnectionCommand.ClientId;
import dev.torc.protocol.command.ConnectionCommand.ClientInfo;
import dev.torc.protocol.command.ConnectionCommand.ClientNoEvict;
import dev.torc.protocol.command.ConnectionCommand.ClientNoTouch;
import dev.torc.protocol.command.ConnectionCommand.Echo;
import dev.torc.protocol.command.ConnectionCommand.Quit;
import dev.torc.protocol.command.ConnectionCommand.ReadOnly;
import dev.torc.protocol.command.ConnectionCommand.ReadWrite;
import dev.torc.protocol.command.ConnectionCommand.Reset;
import java.util.List;

/** The table's group {@code connection}. */
final class ConnectionCommands {
  private static final String ALWAYS = "noscript loading stale";
  private static final String BEFORE_AUTH = "noscript loading stale fast no_auth allow_busy";

  private ConnectionCommands() {}

  static List<CommandSpec> rows() {
    var group = new CommandGroup("connection");
    greetings(group);
    group.container("CLIENT", "2.4.0", "A container for client connection commands.", client -> {
      own(client);
      others(client);
    });
    return group.rows();
  }

  private static void greetings(CommandGroup group) {
    group.row("PING [message]", -1, "fast tip:request_policy:all_shards tip:response_policy:all_succeeded",
        KeyRange.NONE, "1.0.0", "O(1)", "Returns the server's liveliness response.", ConnectionParsing::ping);
    group.row("ECHO message", 2, "loading stale fast", KeyRange.NONE, "1.0.0", "O(1)", "Returns the given string.",
        words -> new Echo(words.get(1)));
    group.row("HELLO [protover [AUTH username password] [SETNAME clientname]]", -1, BEFORE_AUTH, KeyRange.NONE, "6.0.0",
        "O(1)", "Handshakes with the server.", ConnectionParsing::hello);
    group.row("AUTH [username] password", -2, BEFORE_AUTH, KeyRange.NONE, "1.0.0", "O(1)",
        "Authenticates the connection.", ConnectionParsing::auth);
    group.row("SELECT index", 2, "loading stale fast", KeyRange.NONE, "1.0.0", "O(1)",
        "Changes the selected database; there is only number 0.", ConnectionParsing::select);
    group.row("QUIT", -1, BEFORE_AUTH, KeyRange.NONE, "1.0.0", "O(1)", "Closes the connection.", words -> new Quit());
    group.row("RESET", 1, BEFORE_AUTH, KeyRange.NONE, "6.2.0", "O(1)", "Resets the connection.",
        words -> new Reset());
  }

  private static void own(CommandGroup client) {
    client.row("ID", 2, ALWAYS, KeyRange.NONE, "5.0.0", "O(1)", "Returns the unique client ID of the connection.",
        words -> new ClientId());
    client.row("GETNAME", 2, ALWAYS, KeyRange.NONE, "2.6.9", "O(1)", "Returns the name of the connection.",
        words -> new ClientGetName());
    client.row("SETNAME connection-name", 3, ALWAYS, KeyRange.NONE, "2.6.9", "O(1)", "Sets the connection name.",
        ClientParsing::setName);
    client.row("SETINFO <LIB-NAME libname | LIB-VER libver>", 4, ALWAYS, KeyRange.NONE, "7.2.0", "O(1)",
        "Sets information specific to the client or connection.", ClientParsing::setInfo);
    client.row("INFO", 2, ALWAYS + " tip:nondeterministic_output", KeyRange.NONE, "6.2.0", "O(1)",
        "Returns information about the connection.", words -> new ClientInfo());
    client.row("NO-EVICT <ON | OFF>", 3, ALWAYS + " admin", KeyRange.NONE, "7.0.0", "O(1)",
        "Accepted; connections are not evicted.", words -> new ClientNoEvict(Words.onOrOff(words.get(2))));
    client.row("NO-TOUCH <ON | OFF>", 3, ALWAYS, KeyRange.NONE, "7.2.0", "O(1)",
        "Accepted; reading does not alter the order of eviction.",
        words -> new ClientNoTouch(Words.onOrOff(words.get(2))));
    client.row("REPLY <ON | OFF | SKIP>", 3, ALWAYS, KeyRange.NONE, "3.2.0", "O(1)",
        "Instructs the server whether to reply to commands.", ClientParsing::reply);
    client.row("TRACKING <ON | OFF>", -3, ALWAYS, KeyRange.NONE, "6.0.0", "O(1)",
        "Turns client-side caching off; ON is refused.", ClientParsing::tracking);
  }

  private static void others(CommandGroup client) {
    client.row("LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB> | ID client-id [client-id ...]]", -2,
        ALWAYS + " admin tip:nondeterministic_output", KeyRange.NONE, "2.4.0",
        "O(N) where N is the number of client connections.", "Lists open connections.", ClientParsing::list);
    client.row(
        "KILL <ip:port | [ID client-id] [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [USER username] [ADDR ip:port]"
            + " [LADDR ip:port] [SKIPME <YES | NO>] [MAXAGE maxage]>",
        -3, ALWAYS + " admin", KeyRange.NONE, "2.4.0",
        "O(N) where N is the number of client connections.", "Terminates open connections.", ClientParsing::kill);
  }

  /** READONLY and its kin belong to the group {@code cluster}. */
  static void readModes(CommandGroup group) {
    group.row("ASKING", 1, "fast @connection", KeyRange.NONE, "3.0.0", "O(1)",
        "Accepted; no node ever answers with a redirection.", words -> new Asking());
    group.row("READONLY", 1, "loading stale fast @connection", KeyRange.NONE, "3.0.0", "O(1)",
        "Lets reads that name no level ask one replica.", words -> new ReadOnly());
    group.row("READWRITE", 1, "loading stale fast @connection", KeyRange.NONE, "3.0.0", "O(1)",
        "Ends READONLY.", words -> new ReadWrite());
  }
}
