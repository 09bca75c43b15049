package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.KvCommand.Conflict;
import dev.torc.protocol.command.KvCommand.Levels;
import dev.torc.protocol.command.KvCommand.PolicySet;
import dev.torc.protocol.command.KvCommand.ReadTerms;
import dev.torc.protocol.command.KvCommand.WriteTerms;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvCommandParsingTest {
  private static final Bytes K = Bytes.of("k");
  private static final Bytes L = Bytes.of("l");
  private static final Bytes V = Bytes.of("v");
  private static final Bytes C = Bytes.of("c");
  private static final DataCommand.Entry KV = new DataCommand.Entry(K, V);
  private static final DataCommand.Entry LV = new DataCommand.Entry(L, V);

  private static List<Bytes> words(String line) {
    return Arrays.stream(line.split(" ")).map(Bytes::of).toList();
  }

  private static Command parsed(String line) {
    return new CommandParser().parse(words(line));
  }

  private static Arguments of(String line, Command command) {
    return Arguments.of(line, command);
  }

  private static ReadTerms at(Level level) {
    return new ReadTerms(Optional.of(level), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  private static WriteTerms to(Level level) {
    return new WriteTerms(Optional.of(level), OptionalLong.empty());
  }

  static Stream<Arguments> reads() {
    return Stream.of(of("KV.GET k", new KvCommand.Get(K, ReadTerms.NONE)),
        of("kv.get k level Quorum", new KvCommand.Get(K, at(Level.QUORUM))),
        of("KV.GET k LEVEL LOCAL_QUORUM", new KvCommand.Get(K, at(Level.LOCAL_QUORUM))),
        of("KV.GET k LEVEL strong", new KvCommand.Get(K, at(Level.STRONG))),
        of("KV.GET k LEVEL 2", new KvCommand.Get(K, at(new Level.Count(2)))),
        of("KV.GET k R 16", new KvCommand.Get(K, at(new Level.Count(16)))),
        of("KV.GET k R 1 R 2", new KvCommand.Get(K, at(new Level.Count(2)))),
        of("KV.GET k TIMEOUT 600000 MAXSTALE 0 AFTER c LEVEL one",
            new KvCommand.Get(K, new ReadTerms(Optional.of(Level.ONE), Optional.of(C), OptionalLong.of(0),
                OptionalLong.of(600_000)))),
        of("KV.MGET 2 k l", new KvCommand.MGet(List.of(K, L), ReadTerms.NONE)),
        of("KV.MGET 1 LEVEL LEVEL all", new KvCommand.MGet(List.of(Bytes.of("LEVEL")), at(Level.ALL))),
        of("KV.EXPLAIN k", new KvCommand.Explain(K)));
  }

  static Stream<Arguments> writes() {
    return Stream.of(of("KV.SET k v", new KvCommand.Set(K, V, Optional.empty(), Expiry.NONE, WriteTerms.NONE)),
        of("KV.SET k v CONTEXT c LEVEL any EX 1 TIMEOUT 5",
            new KvCommand.Set(K, V, Optional.of(C), new Expiry.In(1000),
                new WriteTerms(Optional.of(Level.ANY), OptionalLong.of(5)))),
        of("KV.SET k v KEEPTTL W 2",
            new KvCommand.Set(K, V, Optional.empty(), Expiry.KEEP_TTL, to(new Level.Count(2)))),
        of("KV.DEL k", new KvCommand.Del(K, Optional.empty(), WriteTerms.NONE)),
        of("KV.DEL k context c W 1", new KvCommand.Del(K, Optional.of(C), to(new Level.Count(1)))),
        of("KV.MSET 1 k v", new KvCommand.MSet(List.of(KV), Expiry.NONE, WriteTerms.NONE)),
        of("KV.MSET 2 k v l v PXAT 9 LEVEL quorum",
            new KvCommand.MSet(List.of(KV, LV), new Expiry.At(9), to(Level.QUORUM))));
  }

  static Stream<Arguments> settings() {
    return Stream.of(of("KV.LEVEL", new Levels(LevelChange.KEEP, LevelChange.KEEP)),
        of("KV.LEVEL WRITE any", new Levels(LevelChange.KEEP, new LevelChange.To(Level.ANY))),
        of("KV.LEVEL read one write Default", new Levels(new LevelChange.To(Level.ONE), LevelChange.DEFAULT)),
        of("KV.SESSION begin", new KvCommand.SessionBegin()), of("KV.SESSION TOKEN", new KvCommand.SessionToken()),
        of("KV.SESSION RESUME c", new KvCommand.SessionResume(C)), of("KV.SESSION END", new KvCommand.SessionEnd()),
        of("KV.POLICY GET k", new KvCommand.PolicyGet(K)), of("KV.POLICY LIST", new KvCommand.PolicyList()),
        of("KV.POLICY DEL k", new KvCommand.PolicyDel(K)),
        of("KV.POLICY SET k conflict Latest",
            new PolicySet(K, Optional.of(Conflict.LATEST), Optional.empty(), Optional.empty(), OptionalInt.empty(),
                Optional.empty())),
        of("KV.POLICY SET k CONFLICT siblings READ one WRITE any N 16 MODE strong",
            new PolicySet(K, Optional.of(Conflict.SIBLINGS), Optional.of(Level.ONE), Optional.of(Level.ANY),
                OptionalInt.of(16), Optional.of(true))),
        of("KV.POLICY SET k MODE strong MODE normal",
            new PolicySet(K, Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty(),
                Optional.of(false))));
  }

  @ParameterizedTest
  @MethodSource({"reads", "writes", "settings"})
  void wordsBecomeACommand(String line, Command command) {
    assertThat(parsed(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KV.GET k LEVEL one R 1|ERR syntax error", "KV.GET k R 1 LEVEL one|ERR syntax error",
      "KV.GET k W 1|ERR syntax error", "KV.GET k LEVEL|ERR syntax error", "KV.GET k CONTEXT c|ERR syntax error",
      "KV.GET k R 99|ERR R 99 is not allowed, allowed is 1 to 16",
      "KV.GET k R 0|ERR R 0 is not allowed, allowed is 1 to 16",
      "KV.GET k R x|ERR value is not an integer or out of range",
      "KV.GET k LEVEL any|ERR 'any' is a level for writes only",
      "KV.GET k TIMEOUT 0|ERR TIMEOUT 0 is not allowed, allowed is 1 to 600000",
      "KV.GET k TIMEOUT 600001|ERR TIMEOUT 600001 is not allowed, allowed is 1 to 600000",
      "KV.GET k TIMEOUT 99999999999999999999|ERR value is not an integer or out of range",
      "KV.GET k MAXSTALE -1|ERR MAXSTALE -1 is not allowed, allowed is 0 to 3600000",
      "KV.SET k v R 1|ERR syntax error", "KV.SET k v EX 1 PX 1|ERR syntax error", "KV.SET k v AFTER c|ERR syntax error",
      "KV.SET k v EX 0|ERR invalid expire time in 'kv.set' command",
      "KV.SET k v W 17|ERR W 17 is not allowed, allowed is 1 to 16", "KV.DEL k EX 1|ERR syntax error",
      "KV.MGET 0 k|ERR numkeys should be greater than 0", "KV.MGET x k|ERR numkeys should be greater than 0",
      "KV.MGET 2 k|ERR Number of keys can't be greater than number of args", "KV.MGET 1 k l|ERR syntax error",
      "KV.MGET 9223372036854775807 k|ERR Number of keys can't be greater than number of args",
      "KV.MGET 1 k AFTER c|ERR syntax error", "KV.MSET -1 k v|ERR numkeys should be greater than 0",
      "KV.MSET 2 k v l|ERR Number of keys can't be greater than number of args",
      "KV.MSET 1 k v KEEPTTL|ERR syntax error",
      "KV.MSET 1 k v PX 0|ERR invalid expire time in 'kv.mset' command",
      "KV.LEVEL READ any|ERR 'any' is a level for writes only", "KV.LEVEL READ|ERR syntax error",
      "KV.LEVEL WRITE 17|ERR level 17 is not allowed, allowed is 1 to 16",
      "KV.LEVEL one|ERR syntax error", "KV.SESSION FOO|ERR unknown subcommand 'FOO'. Try KV.SESSION HELP.",
      "KV.SESSION RESUME|ERR wrong number of arguments for 'kv.session|resume' command",
      "KV.POLICY SET k|ERR wrong number of arguments for 'kv.policy|set' command",
      "KV.POLICY SET k N 17|ERR N 17 is not allowed, allowed is 1 to 16",
      "KV.POLICY SET k CONFLICT x|ERR CONFLICT x is not allowed, allowed is siblings or latest",
      "KV.POLICY SET k MODE x|ERR MODE x is not allowed, allowed is strong or normal",
      "KV.POLICY SET k READ any|ERR 'any' is a level for writes only", "KV.POLICY SET k N 3 MODE|ERR syntax error",
      "KV.POLICY SET k FOO x|ERR syntax error"})
  void whatCannotRunIsRefusedInOneLine(String line) {
    int bar = line.indexOf("|ERR");
    assertThat(parsed(line.substring(0, bar))).isEqualTo(new Command.Refused(line.substring(bar + 1)));
  }

  @Test
  void anUnknownLevelIsToldWhatIsOne() {
    assertThat(parsed("KV.GET k LEVEL foo")).isEqualTo(new Command.Refused(
        "ERR 'foo' is no level, allowed are one, quorum, all, sloppy, any, local_quorum, strong, or a count"));
    var long200 = (Command.Refused) parsed("KV.GET k LEVEL " + "x".repeat(200));
    assertThat(long200.error()).startsWith("ERR '" + "x".repeat(64) + "' is no level");
  }

  @ParameterizedTest
  @CsvSource({"KV.GET k,READ", "KV.MGET 1 k,READ", "KV.EXPLAIN k,READ", "KV.SET k v,WRITE", "KV.DEL k,WRITE",
      "KV.MSET 1 k v,WRITE", "KV.LEVEL,NONE", "KV.SESSION BEGIN,NONE", "KV.SESSION RESUME c,NONE",
      "KV.POLICY GET k,NONE", "KV.POLICY LIST,NONE", "KV.POLICY SET k N 3,BARRIER", "KV.POLICY DEL k,BARRIER"})
  void aCommandSaysWhatToKeepInOrder(String line, Access access) {
    assertThat(parsed(line).access()).isEqualTo(access);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KV.GET k R 1", "KV.SET k v", "KV.DEL k", "KV.MGET 2 k l R 2", "KV.MSET 2 k v l v W 1",
      "KV.EXPLAIN k", "KV.LEVEL", "KV.POLICY GET k"})
  void aCommandHasTheKeysThatItsRowSays(String line) {
    var words = words(line);
    assertThat(parsed(line).keys()).isEqualTo(CommandTable.find(words).keys().keys(words));
  }

  @Test
  void aCountedKeyOverTheLimitIsRefusedToo() {
    var small = new CommandParser(3);
    var error = new Command.Refused("ERR key of 4 bytes is longer than the 3 allowed");
    assertThat(small.parse(words("KV.MGET 2 a abcd"))).isEqualTo(error);
    assertThat(small.parse(words("KV.MSET 2 a long abcd v"))).isEqualTo(error);
    assertThat(small.parse(words("KV.MGET 1 abc LEVEL quorum"))).isInstanceOf(KvCommand.MGet.class);
  }

  @Test
  void aPrefixIsNoLongerThanAKey() {
    assertThat(parsed("KV.POLICY GET " + "x".repeat(1025)))
        .isEqualTo(new Command.Refused("ERR prefix of 1025 bytes is longer than the 1024 allowed"));
  }
}
