package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Command;
import dev.torc.protocol.command.CommandParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
  private static final String LARGE = "v".repeat(32 * 1024 + 1);

  private final KeyOrder order = new KeyOrder();
  private final List<String> started = new ArrayList<>();
  private final List<KeyOrder.Claim> claims = new ArrayList<>();

  @Test
  void commandsOnDifferentKeysRunAtOnce() {
    submit("SET a 1", "GET b", "MSET c 1 d 2", "MGET e f", "DEL g");
    assertThat(started).hasSize(5);
  }

  @Test
  void readsOfOneKeyRunAtOnce() {
    submit("GET a", "STRLEN a", "MGET a b", "EXISTS a a");
    assertThat(started).hasSize(4);
  }

  @Test
  void aReadWaitsForTheEarlierWritesOfItsKey() {
    submit("SET a 1", "SET a 2", "GET a");
    assertThat(started).containsExactly("SET a 1", "SET a 2");
    done(0);
    assertThat(started).hasSize(2);
    done(1);
    assertThat(started).containsExactly("SET a 1", "SET a 2", "GET a");
  }

  @Test
  void aWriteWaitsForTheEarlierReadsOfItsKey() {
    submit("GET a", "GET a", "SET a 1");
    done(1);
    assertThat(started).doesNotContain("SET a 1");
    done(0);
    assertThat(started).contains("SET a 1");
  }

  @Test
  void smallWritesOfOneKeyDoNotWaitForEachOther() {
    submit("SET a 1", "SET a 2", "DEL a", "UNLINK a", "SET a " + "v".repeat(32 * 1024));
    assertThat(started).hasSize(5);
  }

  @Test
  void aWriteDoesNotOvertakeAnEarlierOneThatWaitsForItsOtherKey() {
    submit("GET b", "DEL a b", "SET a 1", "GET a");
    assertThat(started).containsExactly("GET b");
    done(0);
    assertThat(started).containsExactly("GET b", "DEL a b");
    done(1);
    assertThat(started).containsExactly("GET b", "DEL a b", "SET a 1");
  }

  @Test
  void aLargeWriteWaitsForTheOthersOfItsKeyAndTheyForIt() {
    submit("SET a 1", "SET a " + LARGE, "SET a 2");
    assertThat(started).hasSize(1);
    done(0);
    assertThat(started).hasSize(2);
    done(1);
    assertThat(started).hasSize(3);
  }

  @Test
  void aWriteThatKeepsTheTtlWaitsForTheWriteWhoseTtlItKeeps() {
    submit("SET a 1 EX 100", "SET a 2 KEEPTTL", "SET a 3");
    assertThat(started).containsExactly("SET a 1 EX 100");
    done(0);
    assertThat(started).doesNotContain("SET a 3");
    done(1);
    assertThat(started).hasSize(3);
  }

  @Test
  void anMsetWithOneKeyTwiceDoesNotWaitForItself() {
    submit("MSET a 1 a 2", "GET a");
    assertThat(started).containsExactly("MSET a 1 a 2");
    done(0);
    assertThat(started).hasSize(2);
  }

  @Test
  void anMsetIsNotStartedBeforeAllOfItsKeysAreFree() {
    submit("GET a", "GET b", "MSET a 1 b 2", "GET b");
    done(0);
    assertThat(started).containsExactly("GET a", "GET b");
    done(1);
    assertThat(started).containsExactly("GET a", "GET b", "MSET a 1 b 2");
    done(2);
    assertThat(started).hasSize(4);
  }

  @Test
  void aBarrierWaitsForAllBeforeItAndHoldsAllBehindIt() {
    submit("GET a", "SET b 1", "DBSIZE", "GET c", "DBSIZE");
    assertThat(started).containsExactly("GET a", "SET b 1");
    done(1);
    assertThat(started).hasSize(2);
    done(0);
    assertThat(started).containsExactly("GET a", "SET b 1", "DBSIZE");
    done(2);
    assertThat(started).endsWith("GET c").hasSize(4);
    done(3);
    assertThat(started).hasSize(5);
  }

  @Test
  void aLongQueueOfCommandsThatEndAtOnceNeedsNoDeepStack() {
    submit("DBSIZE");
    for (int i = 0; i < 100_000; i++) {
      submitInstant("TIME");
    }
    done(0);
    assertThat(started).hasSize(100_001);
  }

  @Test
  void aLongQueueOnOneKeyOfCommandsThatEndAtOnceNeedsNoDeepStack() {
    submit("SET a 1");
    for (int i = 0; i < 100_000; i++) {
      submitInstant(i % 2 == 0 ? "GET a" : "MSET a 1");
    }
    done(0);
    assertThat(started).hasSize(100_001);
  }

  private void submit(String... lines) {
    for (var line : lines) {
      var claim = order.claim(parse(line), false, () -> started.add(line));
      claims.add(claim);
      order.submit(claim);
    }
  }

  private void submitInstant(String line) {
    var claim = new KeyOrder.Claim[1];
    claim[0] = order.claim(parse(line), false, () -> {
      started.add(line);
      claim[0].done();
    });
    order.submit(claim[0]);
  }

  private void done(int number) {
    claims.get(number).done();
  }

  static Command parse(String line) {
    var command = new CommandParser().parse(Arrays.stream(line.split(" ")).map(Bytes::of).toList());
    assertThat(command).isNotInstanceOf(Command.Refused.class);
    return command;
  }
}
