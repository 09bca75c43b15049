package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Condition.Kind;
import dev.torc.protocol.command.StrongCommand.Add;
import dev.torc.protocol.command.StrongCommand.AddDecimal;
import dev.torc.protocol.command.StrongCommand.Copy;
import dev.torc.protocol.command.StrongCommand.Expire;
import dev.torc.protocol.command.StrongCommand.GetEx;
import dev.torc.protocol.command.StrongCommand.Remove;
import dev.torc.protocol.command.StrongCommand.SetIf;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrongCommandParsingTest {
  private static final Bytes K = Bytes.of("k");
  private static final Bytes L = Bytes.of("l");
  private static final Bytes V = Bytes.of("v");
  private static final Bytes DIGEST = Bytes.of("B6acb9d84a38ff74");

  private static Command parsed(String line) {
    return new CommandParser().parse(Arrays.stream(line.split(" ")).map(Bytes::of).toList());
  }

  private static Arguments of(String line, Command command) {
    return Arguments.of(line, command);
  }

  private static SetIf set(Expiry expiry, Condition condition, boolean returnsOld) {
    return new SetIf(K, V, expiry, condition, returnsOld, SetIf.Form.SET);
  }

  private static Expire expire(Expiry expiry) {
    return new Expire(K, expiry, ExpireRule.ANY);
  }

  static Stream<Arguments> settings() {
    return Stream.of(of("SET k v nx", set(Expiry.NONE, Condition.NX, false)),
        of("SET k v XX", set(Expiry.NONE, Condition.XX, false)),
        of("SET k v NX NX", set(Expiry.NONE, Condition.NX, false)),
        of("SET k v NX GET", set(Expiry.NONE, Condition.NX, true)),
        of("SET k v GET", set(Expiry.NONE, Condition.ALWAYS, true)),
        of("SET k v EX 10 NX", set(new Expiry.In(10_000), Condition.NX, false)),
        of("SET k v keepttl GET XX", set(Expiry.KEEP_TTL, Condition.XX, true)),
        of("SET k v IFEQ l PX 5", set(new Expiry.In(5), new Condition(Kind.IFEQ, L), false)),
        of("SET k v IFNE l GET", set(Expiry.NONE, new Condition(Kind.IFNE, L), true)),
        of("SET k v ifdeq B6acb9d84a38ff74", set(Expiry.NONE, new Condition(Kind.IFDEQ, DIGEST), false)),
        of("SET k v IFDNE B6acb9d84a38ff74", set(Expiry.NONE, new Condition(Kind.IFDNE, DIGEST), false)),
        of("SETNX k v", new SetIf(K, V, Expiry.NONE, Condition.NX, false, SetIf.Form.SETNX)),
        of("GETSET k v", new SetIf(K, V, Expiry.NONE, Condition.ALWAYS, true, SetIf.Form.GETSET)),
        of("KV.CAS k l v", new StrongCommand.KvCas(K, L, V, Expiry.NONE)),
        of("KV.CAS k l v PX 7", new StrongCommand.KvCas(K, L, V, new Expiry.In(7))),
        of("MSETNX k v l v", new StrongCommand.MSetNx(
            List.of(new DataCommand.Entry(K, V), new DataCommand.Entry(L, V)))),
        of("GETEX k", new GetEx(K, Optional.empty())), of("GETEX k persist", new GetEx(K, Optional.of(Expiry.NONE))),
        of("GETEX k EXAT 5", new GetEx(K, Optional.of(new Expiry.At(5000)))),
        of("GETEX k EX 5 EX 6", new GetEx(K, Optional.of(new Expiry.In(6000)))));
  }

  static Stream<Arguments> changes() {
    return Stream.of(of("GETDEL k", new Remove(K, Condition.ALWAYS, Remove.Form.GETDEL)),
        of("DELEX k", new Remove(K, Condition.ALWAYS, Remove.Form.DELEX)),
        of("DELEX k ifne l", new Remove(K, new Condition(Kind.IFNE, L), Remove.Form.DELEX)),
        of("DELEX k IFDEQ B6acb9d84a38ff74", new Remove(K, new Condition(Kind.IFDEQ, DIGEST), Remove.Form.DELEX)),
        of("DELIFEQ k l", new Remove(K, new Condition(Kind.IFEQ, L), Remove.Form.DELIFEQ)),
        of("INCR k", new Add(K, 1)), of("DECR k", new Add(K, -1)), of("INCRBY k -7", new Add(K, -7)),
        of("INCRBY k -9223372036854775808", new Add(K, Long.MIN_VALUE)),
        of("DECRBY k 9223372036854775807", new Add(K, -Long.MAX_VALUE)), of("DECRBY k -3", new Add(K, 3)),
        of("INCRBYFLOAT k 3.0e3", new AddDecimal(K, new BigDecimal("3.0e3"))),
        of("INCRBYFLOAT k 0e9", new AddDecimal(K, BigDecimal.ZERO)),
        of("APPEND k v", new StrongCommand.Append(K, V)), of("SETRANGE k 0 v", new StrongCommand.SetRange(K, 0, V)),
        of("EXPIRE k 10", expire(new Expiry.In(10_000))), of("EXPIRE k -1", expire(new Expiry.In(-1000))),
        of("PEXPIRE k 0", expire(new Expiry.In(0))), of("EXPIREAT k 10", expire(new Expiry.At(10_000))),
        of("PEXPIREAT k -9223372036854775808", expire(new Expiry.At(Long.MIN_VALUE))),
        of("EXPIRE k 10 nx", new Expire(K, new Expiry.In(10_000), new ExpireRule(true, false, false, false))),
        of("PEXPIRE k 10 XX GT GT", new Expire(K, new Expiry.In(10), new ExpireRule(false, true, true, false))),
        of("EXPIREAT k 1 LT", new Expire(K, new Expiry.At(1000), new ExpireRule(false, false, false, true))),
        of("PERSIST k", new StrongCommand.Persist(K)), of("RENAME k l", new StrongCommand.Rename(K, L, false)),
        of("RENAMENX k k", new StrongCommand.Rename(K, K, true)), of("COPY k l", new Copy(K, L, false)),
        of("COPY k l db 0 REPLACE", new Copy(K, L, true)), of("DIGEST k", new DataCommand.Digest(K)),
        of("WAITAOF 1 2 100", new KeyspaceCommand.WaitAof(true, 2, 100)),
        of("WAITAOF 0 0 0", new KeyspaceCommand.WaitAof(false, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource({"settings", "changes"})
  void wordsBecomeACommand(String line, Command command) {
    assertThat(parsed(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET k v NX XX|ERR syntax error", "SET k v NX IFEQ x|ERR syntax error",
      "SET k v IFEQ x IFNE x|ERR syntax error", "SET k v IFEQ|ERR syntax error", "SET k v PERSIST|ERR syntax error",
      "SET k v NX EX 0|ERR invalid expire time in 'set' command",
      "SET k v IFDEQ x|ERR must be exactly 16 hexadecimal characters", "SETNX k|ERR wrong number of arguments for "
          + "'setnx' command",
      "MSETNX k v l|ERR wrong number of arguments for 'msetnx' command", "GETEX k KEEPTTL|ERR syntax error",
      "GETEX k EX 1 PERSIST|ERR syntax error", "GETEX k PERSIST EX 1|ERR syntax error", "GETEX k EX|ERR syntax error",
      "GETEX k EX 0|ERR invalid expire time in 'getex' command",
      "GETEX k EX x|ERR value is not an integer or out of range",
      "KV.CAS k l v PXAT 0|ERR invalid expire time in 'kv.cas' command", "KV.CAS k l v NX|ERR syntax error",
      "DELEX k IFEQ|ERR wrong number of arguments for 'delex' command",
      "DELEX k IFEQ l IFEQ l|ERR wrong number of arguments for 'delex' command",
      "DELEX k NX l|ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE",
      "DELEX k IFDNE 1|ERR must be exactly 16 hexadecimal characters",
      "INCRBY k 1.5|ERR value is not an integer or out of range",
      "INCRBY k +1|ERR value is not an integer or out of range",
      "DECRBY k -9223372036854775808|ERR decrement would overflow", "INCRBYFLOAT k x|ERR value is not a valid float",
      "INCRBYFLOAT k nan|ERR value is not a valid float", "INCRBYFLOAT k 1e99999|ERR value is not a valid float",
      "INCRBYFLOAT k -Inf|ERR increment would produce NaN or Infinity",
      "SETRANGE k x v|ERR value is not an integer or out of range", "SETRANGE k -1 v|ERR offset is out of range",
      "EXPIRE k x|ERR value is not an integer or out of range",
      "EXPIRE k 9223372036854776|ERR invalid expire time in 'expire' command",
      "EXPIRE k -9223372036854776|ERR invalid expire time in 'expire' command",
      "PEXPIRE k 9223372036854775807|ERR invalid expire time in 'pexpire' command",
      "EXPIREAT k 9223372036854775807|ERR invalid expire time in 'expireat' command",
      "EXPIRE k x FOO|ERR Unsupported option FOO", "EXPIRE k 1 NX GT|ERR NX and XX, GT or LT options at the same time "
          + "are not compatible",
      "PEXPIREAT k 1 GT LT|ERR GT and LT options at the same time are not compatible",
      "COPY k l DB 1|ERR DB index is out of range", "COPY k l DB -1|ERR DB index is out of range",
      "COPY k l DB x|ERR value is not an integer or out of range", "COPY k l DB|ERR syntax error",
      "COPY k k REPLACE|ERR source and destination objects are the same", "COPY k l FOO|ERR syntax error",
      "WAITAOF 2 0 0|ERR value is out of range, must be between 0 and 1",
      "WAITAOF x 0 0|ERR value is not an integer or out of range",
      "WAITAOF 0 -1 0|ERR value is out of range, must be positive",
      "WAITAOF 0 x 0|ERR value is out of range, must be positive", "WAITAOF 1 0 -1|ERR timeout is negative",
      "WAITAOF 1 0 x|ERR timeout is not an integer or out of range"})
  void whatCannotRunIsRefusedToTheLetter(String line) {
    int bar = line.indexOf('|');
    assertThat(parsed(line.substring(0, bar))).isEqualTo(new Command.Refused(line.substring(bar + 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET k v NX", "GETEX k", "DELEX k", "INCR k", "EXPIRE k 1", "MSETNX k v l v", "RENAME k l",
      "COPY k l", "KV.CAS k c v"})
  void aStrongCommandWritesTheKeysThatItsRowSays(String line) {
    var words = Arrays.stream(line.split(" ")).map(Bytes::of).toList();
    assertThat(parsed(line)).isInstanceOf(StrongCommand.class);
    assertThat(parsed(line).access()).isEqualTo(Access.WRITE);
    assertThat(parsed(line).keys()).isEqualTo(CommandTable.find(words).keys().keys(words));
  }
}
