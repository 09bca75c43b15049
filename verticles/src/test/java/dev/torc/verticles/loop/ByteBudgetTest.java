package dev.torc.verticles.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);
  private final List<String> granted = new ArrayList<>();
  private final ByteBudget.Share mary = share("Mary");
  private final ByteBudget.Share peter = share("Peter");
  private final ByteBudget.Share paul = share("Paul");

  @Test
  void whoDoesNotFitWaitsInTheOrderOfArrival() {
    assertThat(mary.raise(80, false)).isTrue();
    assertThat(peter.raise(60, false)).isFalse();
    assertThat(paul.raise(10, false)).as("Paul would fit, but Peter came first").isFalse();
    assertThat(budget.heldBytes()).isEqualTo(80);
    mary.close();
    assertThat(granted).containsExactly("Peter", "Paul");
    assertThat(budget.heldBytes()).isEqualTo(70);
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void whatIsOverTheLimitFitsWhenNobodyElseHoldsAnything() {
    assertThat(mary.raise(150, false)).isTrue();
    assertThat(peter.raise(1, false)).isFalse();
    mary.become(0);
    assertThat(granted).containsExactly("Peter");
  }

  @Test
  void twoThatHoldAndBothWantMoreDoNotWaitForEachOther() {
    mary.raise(50, true);
    peter.raise(50, true);
    assertThat(mary.raise(90, true)).as("one may overdraw").isTrue();
    assertThat(peter.raise(90, true)).as("a second one may not").isFalse();
    assertThat(mary.raise(95, true)).isTrue();
    mary.close();
    assertThat(granted).containsExactly("Peter");
    assertThat(budget.heldBytes()).isEqualTo(90);
  }

  @Test
  void whoHoldsSomethingIsNotKeptWaitingByNewcomers() {
    mary.raise(60, false);
    assertThat(peter.raise(50, false)).isFalse();
    assertThat(mary.raise(80, false)).isTrue();
  }

  @Test
  void whatIsThereAlreadyIsCountedOverTheLimitToo() {
    mary.become(120);
    assertThat(peter.raise(10, false)).isFalse();
    mary.become(90);
    assertThat(granted).containsExactly("Peter");
  }

  @Test
  void whoLeavesWaitsNoMore() {
    mary.raise(100, false);
    peter.raise(10, false);
    paul.raise(10, false);
    peter.close();
    mary.close();
    assertThat(granted).containsExactly("Paul");
    assertThat(budget.heldBytes()).isEqualTo(10);
  }

  @Test
  void aSizeIsRememberedIfItIsLarge() {
    var sizes = new ValueSizes(5_000_000);
    var key = Bytes.of("k");
    assertThat(sizes.expected(key)).isEqualTo(5_000_000);
    sizes.saw(key, 100);
    assertThat(sizes.expected(key)).isZero();
    sizes.saw(key, 70_000);
    assertThat(sizes.expected(key)).isEqualTo(70_000);
  }

  private ByteBudget.Share share(String name) {
    return budget.share(() -> granted.add(name));
  }
}
