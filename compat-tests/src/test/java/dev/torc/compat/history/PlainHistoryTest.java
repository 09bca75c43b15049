package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainHistoryTest {
  private static final long AT_ONCE = 1_000_000;
  private static final long LATE = PlainHistory.PROMPT.toNanos();

  private final PlainHistory history = new PlainHistory();

  private void set(long number, long took) {
    history.trySet("k", number);
    history.acknowledged("k", number, took);
  }

  private void finds(String value) {
    history.found("k", Optional.ofNullable(value), AT_ONCE);
  }

  private void failsWith(String law) {
    assertThat(history.violations()).singleElement().asString().contains(law);
  }

  @Test
  void whileThingsGoWrongAReadMayGoBackInTime() {
    set(1, AT_ONCE);
    set(51, AT_ONCE);
    finds("51");
    finds("1");
    finds(null);
    assertThat(history.violations()).isEmpty();
    assertThat(history.judgedInCalm()).isZero();
  }

  @Test
  void aNumberThatWasNotWrittenToThisKeyFailsInAnyWeather() {
    history.trySet("other", 2);
    set(1, AT_ONCE);
    finds("2");
    failsWith("nobody wrote it");
  }

  @Test
  void whatNobodyAcknowledgedMayBeFound() {
    set(1, AT_ONCE);
    history.trySet("k", 51);
    history.calm();
    finds("51");
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void inCalmWeatherAReadFindsWhatWasAcknowledgedInTheStorm() {
    set(1, LATE);
    set(51, LATE);
    history.calm();
    finds("1");
    failsWith("in calm weather a read found 1 after 51");
  }

  @Test
  void inCalmWeatherAReadFindsWhatWasAcknowledgedBeforeIt() {
    set(1, AT_ONCE);
    history.calm();
    set(51, AT_ONCE);
    finds("51");
    assertThat(history.violations()).isEmpty();
    finds("1");
    failsWith("in calm weather a read found 1 after 51");
  }

  @Test
  void inCalmWeatherAReadDoesNotFindNothing() {
    set(1, AT_ONCE);
    history.calm();
    finds(null);
    failsWith("in calm weather a read found nothing after 1");
  }

  @Test
  void whereAReplicaMayHaveBeenTakenForAwayNothingIsProven() {
    set(1, AT_ONCE);
    history.calm();
    set(51, LATE);
    finds("1");
    history.found("k", Optional.empty(), LATE);
    assertThat(history.violations()).isEmpty();
    assertThat(history.judgedInCalm()).isEqualTo(1);
  }
}
