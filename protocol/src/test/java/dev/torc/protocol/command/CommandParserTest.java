package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.DataCommand.Set;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  private static final Bytes K = Bytes.of("k");
  private static final Bytes V = Bytes.of("v");

  private final CommandParser parser = new CommandParser();

  private static List<Bytes> words(String line) {
    return Arrays.stream(line.split(" ")).map(Bytes::of).toList();
  }

  private Command parsed(String line) {
    return parser.parse(words(line));
  }

  private static Arguments of(String line, Command command) {
    return Arguments.of(line, command);
  }

  static Stream<Arguments> commands() {
    return Stream.of(of("gEt k", new DataCommand.Get(K)), of("SET k v", new Set(K, V, Expiry.NONE)),
        of("set k v ex 10", new Set(K, V, new Expiry.In(10_000))),
        of("SET k v PX 10", new Set(K, V, new Expiry.In(10))),
        of("SET k v EXAT 10", new Set(K, V, new Expiry.At(10_000))),
        of("SET k v PXAT 9223372036854775807", new Set(K, V, new Expiry.At(Long.MAX_VALUE))),
        of("SET k v keepttl", new Set(K, V, Expiry.KEEP_TTL)),
        of("SET k v EX 1 EX 2", new Set(K, V, new Expiry.In(2000))),
        of("SETEX k 3 v", new Set(K, V, new Expiry.In(3000))), of("PSETEX k 3 v", new Set(K, V, new Expiry.In(3))),
        of("DEL k v", new DataCommand.Del(List.of(K, V))), of("UNLINK k", new DataCommand.Del(List.of(K))),
        of("MGET k v k", new DataCommand.MGet(List.of(K, V, K))),
        of("MSET k v", new DataCommand.MSet(List.of(new DataCommand.Entry(K, V)))),
        of("EXISTS k k", new DataCommand.Exists(List.of(K, K))), of("TOUCH k", new DataCommand.Touch(List.of(K))),
        of("STRLEN k", new DataCommand.StrLen(K)), of("GETRANGE k 0 -1", new DataCommand.GetRange(K, 0, -1)),
        of("SUBSTR k -9223372036854775808 1", new DataCommand.GetRange(K, Long.MIN_VALUE, 1)),
        of("PEXPIRETIME k", new DataCommand.Ttl(K, TtlForm.UNIX_MILLIS)), of("TYPE k", new DataCommand.Type(K)),
        of("MEMORY USAGE k SAMPLES 5", new DataCommand.MemoryUsage(K)),
        of("OBJECT ENCODING k", new DataCommand.ObjectEncoding(K)));
  }

  static Stream<Arguments> commandsWithoutKeys() {
    return Stream.of(of("DBSIZE", new KeyspaceCommand.DbSize()),
        of("SCAN 0", new KeyspaceCommand.Scan(0, Optional.empty(), 10, Optional.empty())),
        of("scan 18446744073709551615 match a* COUNT 7 TYPE String",
            new KeyspaceCommand.Scan(-1, Optional.of(Glob.of("a*")), 7, Optional.of("string"))),
        of("SCAN 0 MATCH *", new KeyspaceCommand.Scan(0, Optional.empty(), 10, Optional.empty())),
        of("KV.SCAN 5 COUNT 100", new KeyspaceCommand.KvScan(5, Optional.empty(), 100)),
        of("kv.size", new KeyspaceCommand.KvSize()), of("FLUSHALL", new KeyspaceCommand.FlushAll(false)),
        of("FLUSHDB async", new KeyspaceCommand.FlushAll(true)), of("WAIT 2 100", new KeyspaceCommand.Wait(2, 100)),
        of("PING", new ConnectionCommand.Ping(Optional.empty())),
        of("PING k", new ConnectionCommand.Ping(Optional.of(K))),
        of("hello 3",
            new ConnectionCommand.Hello(Optional.of(dev.torc.protocol.resp.RespVersion.RESP3), Optional.empty(),
                Optional.empty())),
        of("HELLO 2 AUTH k v SETNAME k",
            new ConnectionCommand.Hello(Optional.of(dev.torc.protocol.resp.RespVersion.RESP2),
                Optional.of(new ConnectionCommand.Auth(K, V, true)), Optional.of(K))),
        of("AUTH v", new ConnectionCommand.Auth(Bytes.of("default"), V, false)),
        of("SELECT 0", new ConnectionCommand.Select(0)),
        of("CLIENT SETINFO LIB-NAME k", new ConnectionCommand.ClientSetInfo("lib-name", K)),
        of("CLIENT LIST ID 1 2", new ConnectionCommand.ClientList(Optional.empty(), List.of(1L, 2L))),
        of("CLIENT LIST TYPE SLAVE", new ConnectionCommand.ClientList(Optional.of("replica"), List.of())),
        of("CLIENT KILL ID 7 SKIPME no",
            new ConnectionCommand.ClientKill(false, OptionalLong.of(7), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), false, OptionalLong.empty())),
        of("CLIENT REPLY skip", new ConnectionCommand.ClientReply(ConnectionCommand.ReplyMode.SKIP)),
        of("CLIENT TRACKING off", new ConnectionCommand.ClientTrackingOff()),
        of("CONFIG SET Save k", new ServerCommand.ConfigSet(List.of(new ServerCommand.Setting("save", K)))),
        of("info Server", new ServerCommand.Info(List.of("server"))),
        of("cluster SLOTS", new ServerCommand.ClusterSlots()),
        of("CLUSTER GETKEYSINSLOT 16383 3", new KeyspaceCommand.KeysInSlot(16_383, 3)),
        of("SLOWLOG GET", new ServerCommand.SlowLogGet(10)), of("COMMAND", new TableCommand.All()));
  }

  @ParameterizedTest
  @MethodSource({"commands", "commandsWithoutKeys"})
  void wordsBecomeACommand(String line, Command command) {
    assertThat(parsed(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "FOO a b|ERR unknown command 'FOO', with args beginning with: 'a' 'b' ",
      "FOO|ERR unknown command 'FOO', with args beginning with: ",
      "CLIENT FOO|ERR unknown subcommand 'FOO'. Try CLIENT HELP.",
      "client maint_notifications ON|ERR unknown subcommand 'maint_notifications'. Try CLIENT HELP.",
      "COMMAND FOO|ERR unknown subcommand 'FOO'. Try COMMAND HELP.",
      "GET|ERR wrong number of arguments for 'get' command",
      "CONFIG|ERR wrong number of arguments for 'config' command",
      "CONFIG GET|ERR wrong number of arguments for 'config|get' command", "CONFIG SET a b c|ERR syntax error",
      "MSET a b c|ERR wrong number of arguments for 'mset' command",
      "PING a b|ERR wrong number of arguments for 'ping' command",
      "SET k v FOO|ERR syntax error", "SET k v EX|ERR syntax error", "SET k v EX 1 PX 1|ERR syntax error",
      "SET k v EX 1 KEEPTTL|ERR syntax error", "SET k v KEEPTTL PX 1|ERR syntax error",
      "SET k v NX XX|ERR syntax error",
      "SET k v EX x|ERR value is not an integer or out of range",
      "SET k v EX 01|ERR value is not an integer or out of range",
      "SET k v EX 0|ERR invalid expire time in 'set' command",
      "SET k v PXAT -1|ERR invalid expire time in 'set' command",
      "SET k v EX 9223372036854775807|ERR invalid expire time in 'set' command",
      "SET k v PX 9223372036854775807|ERR invalid expire time in 'set' command",
      "SETEX k 0 v|ERR invalid expire time in 'setex' command",
      "PSETEX k 0 v|ERR invalid expire time in 'psetex' command",
      "GETRANGE k a 1|ERR value is not an integer or out of range", "SCAN x|ERR invalid cursor",
      "SCAN 18446744073709551616|ERR invalid cursor", "SCAN 0 COUNT 0|ERR syntax error",
      "SCAN 0 MATCH|ERR syntax error",
      "KV.SCAN 0 TYPE string|ERR syntax error", "FLUSHALL x|ERR syntax error", "FLUSHALL SYNC SYNC|ERR syntax error",
      "WAIT a 0|ERR value is not an integer or out of range", "WAIT 1 x|ERR timeout is not an integer or out of range",
      "WAIT 1 -1|ERR timeout is negative", "SELECT x|ERR value is not an integer or out of range",
      "SELECT -1|ERR DB index is out of range", "SELECT 1|ERR SELECT is not allowed in cluster mode",
      "HELLO x|ERR Protocol version is not an integer or out of range", "HELLO 4|NOPROTO unsupported protocol version",
      "HELLO 3 FOO|ERR Syntax error in HELLO option 'FOO'", "HELLO 3 AUTH a|ERR Syntax error in HELLO option 'AUTH'",
      "AUTH a b c|ERR syntax error",
      "CLIENT SETNAME é|ERR Client names cannot contain spaces, newlines or special characters.",
      "CLIENT SETINFO foo x|ERR Unrecognized option 'foo'",
      "CLIENT SETINFO lib-ver é|ERR lib-ver cannot contain spaces, newlines or special characters.",
      "CLIENT LIST ID x|ERR Invalid client ID", "CLIENT LIST TYPE x|ERR Unknown client type 'x'",
      "CLIENT LIST x|ERR syntax error", "CLIENT KILL ID 0|ERR client-id should be greater than 0",
      "CLIENT KILL ID 1 SKIPME|ERR syntax error", "CLIENT REPLY x|ERR syntax error",
      "CLIENT NO-EVICT x|ERR syntax error",
      "CLIENT TRACKING ON|ERR client tracking is something that Torc does not have",
      "CLUSTER COUNTKEYSINSLOT 16384|ERR Invalid slot", "CLUSTER GETKEYSINSLOT 1 -1|ERR Invalid slot or number of keys",
      "PUBSUB CHANNELS a b|ERR unknown subcommand or wrong number of arguments for 'CHANNELS'. Try PUBSUB HELP.",
      "MEMORY USAGE k FOO 1|ERR syntax error", "SLOWLOG GET -2|ERR count should be greater than or equal to -1",
      "FUNCTION FLUSH x|ERR FUNCTION FLUSH only supports SYNC|ASYNC option"})
  void whatCannotRunIsRefusedToTheLetter(String line) {
    int bar = line.indexOf('|');
    assertThat(line).contains("|");
    assertThat(parsed(line.substring(0, bar))).isEqualTo(new Command.Refused(line.substring(bar + 1)));
  }

  @Test
  void theArgumentsOfAnUnknownCommandAreCutAndKeptOnOneLine() {
    var refused = parser.parse(List.of(Bytes.of("f\r\no"), Bytes.of("x".repeat(200)), Bytes.of("y")));
    assertThat(refused).isEqualTo(new Command.Refused(
        "ERR unknown command 'f  o', with args beginning with: '" + "x".repeat(128) + "' "));
  }

  @Test
  void aKeyOverTheLimitIsRefusedWhereverItStands() {
    var small = new CommandParser(3);
    var error = new Command.Refused("ERR key of 4 bytes is longer than the 3 allowed");
    for (var line : List.of("GET abcd", "SET abcd v", "DEL a abcd", "MSET a aaaaa abcd x", "OBJECT ENCODING abcd")) {
      assertThat(small.parse(words(line))).as(line).isEqualTo(error);
    }
    assertThat(small.parse(words("SET abc vvvvv"))).isInstanceOf(Set.class);
    assertThat(small.parse(List.of(Bytes.of("GET"), Bytes.EMPTY))).isEqualTo(new DataCommand.Get(Bytes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({"GET k,READ", "SET k v,WRITE", "DEL k,WRITE", "MSET k v,WRITE", "PING,NONE", "DBSIZE,BARRIER",
      "FLUSHALL,BARRIER", "SCAN 0,BARRIER", "KV.SIZE,BARRIER", "WAIT 1 0,BARRIER", "INFO,NONE", "FOO,NONE"})
  void aCommandSaysWhatToKeepInOrder(String line, Access access) {
    assertThat(parsed(line).access()).isEqualTo(access);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLIENT HELP", "PUBSUB NUMPAT", "LATENCY LATEST", "FUNCTION FLUSH", "PUBSUB SHARDNUMSUB 0"})
  void whatNeverChangesIsAnsweredAlready(String line) {
    assertThat(parsed(line)).isInstanceOf(Command.Answered.class);
  }

  @Test
  void aTypedCommandHasTheKeysThatItsRowSays() {
    for (var line : List.of("GET a", "SET a b", "MGET a b", "MSET a 1 b 2", "DEL a b", "TTL a", "MEMORY USAGE a",
        "PING")) {
      assertThat(parsed(line).keys()).as(line).isEqualTo(CommandTable.find(words(line)).keys().keys(words(line)));
    }
  }

  @Test
  void noWordsMakeTheParserThrow() {
    var vocabulary = new ArrayList<Bytes>(words(
        "0 1 -1 2 k EX PX NX GET IFDEQ IFNE GT LEVEL R W CONTEXT TIMEOUT DB READ N MODE MATCH COUNT TYPE ID AUTH SETNAME ON x"));
    CommandTable.withSubcommands().forEach(spec -> vocabulary.add(Bytes.of(spec.word())));
    vocabulary.add(Bytes.EMPTY);
    vocabulary.add(Bytes.of(new byte[] {0, -1, 13, 10}));
    var random = new SplittableRandom(7);
    for (var spec : CommandTable.withSubcommands()) {
      for (int i = 0; i < 300; i++) {
        var line = new ArrayList<>(words(spec.name().replace('|', ' ')));
        for (int more = random.nextInt(6); more > 0; more--) {
          line.add(vocabulary.get(random.nextInt(vocabulary.size())));
        }
        var command = parser.parse(line);
        if (command instanceof TableCommand table) {
          assertThat(CommandReplies.reply(table)).isNotNull();
        }
      }
    }
  }
}
