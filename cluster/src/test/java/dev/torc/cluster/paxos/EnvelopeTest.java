package dev.torc.cluster.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long HLC = Hlc.atMillis(START_MILLIS);

  @Test
  void aResultIsFoundByItsIdAlone() {
    var envelope = Envelope.EMPTY.with(id(1, 5), 0, result(15), HLC).with(id(2, 5), 0, result(25), HLC);
    assertThat(envelope.find(id(1, 5))).hasValue(result(15));
    assertThat(envelope.find(id(2, 5))).hasValue(result(25));
    assertThat(envelope.find(id(1, 4))).isEmpty();
    assertThat(envelope.find(id(3, 5))).isEmpty();
    assertThat(Envelope.EMPTY.find(id(1, 5))).isEmpty();
  }

  @Test
  void whatIsBelowTheLowestOpenOperationIsOverAndForgotten() {
    var envelope = Envelope.EMPTY;
    for (int i = 1; i <= 5; i++) {
      envelope = envelope.with(id(1, i), 1, result(i), HLC);
    }
    assertThat(envelope.isOver(id(1, 0))).isTrue();
    assertThat(envelope.isOver(id(1, 1))).isFalse();
    envelope = envelope.with(id(1, 6), 4, result(6), HLC);
    assertThat(envelope.size()).isEqualTo(3);
    assertThat(envelope.find(id(1, 3))).isEmpty();
    assertThat(envelope.isOver(id(1, 3))).isTrue();
    assertThat(envelope.find(id(1, 4))).hasValue(result(4));
    assertThat(envelope.isOver(id(1, 4))).isFalse();
  }

  @Test
  void theLowestOpenOperationNeverFalls() {
    var envelope = Envelope.EMPTY.with(id(1, 9), 9, result(9), HLC).with(id(1, 10), 3, result(10), HLC);
    assertThat(envelope.isOver(id(1, 8))).isTrue();
    assertThat(envelope.find(id(1, 9))).hasValue(result(9));
  }

  @Test
  void nothingIsOverOfAProcessThatIsNotKnown() {
    assertThat(Envelope.EMPTY.with(id(1, 9), 9, result(9), HLC).isOver(id(2, 0))).isFalse();
  }

  @Test
  void aProcessThatDidNothingForALongWhileIsForgottenAndNotAnHlcSooner() {
    var envelope = Envelope.EMPTY.with(id(7, 1), 0, result(1), HLC);
    long last = Hlc.atMillis(START_MILLIS + Envelope.FORGET_MILLIS) - 1;
    assertThat(envelope.with(id(1, 1), 0, result(2), last).find(id(7, 1))).hasValue(result(1));
    assertThat(envelope.with(id(9, 1), 0, result(2), last).find(id(7, 1))).hasValue(result(1));
    assertThat(envelope.with(id(1, 1), 0, result(2), last + 1).sessions()).extracting(Envelope.Session::process)
        .containsExactly(1L);
    assertThat(envelope.with(id(9, 1), 0, result(2), last + 1).sessions()).extracting(Envelope.Session::process)
        .containsExactly(9L);
  }

  @Test
  void aClockThatLagsForgetsNobody() {
    var envelope = Envelope.EMPTY.with(id(7, 1), 0, result(1), HLC).with(id(1, 1), 0, result(2), 1);
    assertThat(envelope.find(id(7, 1))).hasValue(result(1));
  }

  @Test
  void valuesAmongTheResultsAreWeighed() {
    var old = new ChangeResult.Done(true, Optional.of(Bytes.of("12345")));
    var envelope = Envelope.EMPTY.with(id(1, 1), 0, old, HLC).with(id(2, 1), 0, old, HLC)
        .with(id(2, 2), 0, result(1), HLC);
    assertThat(envelope.valueBytes()).isEqualTo(10);
    assertThat(envelope.size()).isEqualTo(3);
  }

  @Test
  void sessionsAreInOrderAndOnce() {
    var one = new Envelope.Session(1, 0, 0, List.of());
    var two = new Envelope.Session(2, 0, 0, List.of());
    assertThatThrownBy(() -> new Envelope(List.of(two, one))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(List.of(one, one))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itRemembersAsAMapOfMapsDoes() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var envelope = Envelope.EMPTY;
      var model = new Model();
      long millis = START_MILLIS;
      for (int i = 0; i < 60; i++) {
        millis += random.nextInt(10) == 0 ? random.nextLong(2 * Envelope.FORGET_MILLIS) : random.nextInt(1_000);
        var id = id(random.nextInt(-3, 4), random.nextInt(20));
        long open = random.nextLong(id.number() + 1);
        envelope = envelope.with(id, open, result(i), Hlc.atMillis(millis));
        model.with(id, open, result(i), millis);
        model.assertSame(envelope, "step " + i + " of seed " + seed);
      }
    }
  }

  /** Each process's open number, last time and results. */
  private static final class Model {
    private final TreeMap<Long, Long> open = new TreeMap<>();
    private final TreeMap<Long, Long> last = new TreeMap<>();
    private final TreeMap<Long, TreeMap<Long, ChangeResult>> results = new TreeMap<>();

    void with(OperationId id, long lowest, ChangeResult result, long millis) {
      for (long process : new TreeSet<>(results.keySet())) {
        if (process != id.process() && millis - last.get(process) >= Envelope.FORGET_MILLIS) {
          results.remove(process);
          open.remove(process);
        }
      }
      open.merge(id.process(), lowest, Math::max);
      last.put(id.process(), millis);
      var own = results.computeIfAbsent(id.process(), unknown -> new TreeMap<>());
      own.headMap(open.get(id.process())).clear();
      own.put(id.number(), result);
    }

    void assertSame(Envelope envelope, String step) {
      assertThat(envelope.sessions()).as(step).extracting(Envelope.Session::process)
          .containsExactlyElementsOf(results.keySet());
      for (var session : envelope.sessions()) {
        var own = results.get(session.process());
        assertThat(session.entries()).as(step).containsExactlyElementsOf(
            own.entrySet().stream().map(entry -> new Envelope.Entry(entry.getKey(), entry.getValue())).toList());
        for (int number = 0; number < 20; number++) {
          var id = id(session.process(), number);
          assertThat(envelope.find(id)).as(step).isEqualTo(Optional.ofNullable(own.get((long) number)));
          assertThat(envelope.isOver(id)).as(step).isEqualTo(number < open.get(session.process()));
        }
      }
    }
  }

  private static OperationId id(long process, long number) {
    return new OperationId(process, number);
  }

  private static ChangeResult result(int number) {
    return new ChangeResult.Number(number);
  }
}
