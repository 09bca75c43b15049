package dev.torc.cluster.membership;

import static dev.torc.cluster.membership.DetectionLaws.WHAT_OTHERS_THAN_MONITORS_SAY_DOES_NOT_COUNT;
import static dev.torc.cluster.membership.DetectionLaws.WHO_IS_REACHED_THROUGH_OTHERS_IS_NOT_SUSPECTED;
import static dev.torc.cluster.membership.DetectionLaws.WHO_SLEEPS_FOR_SECONDS_IS_NOT_CONVICTED;
import static dev.torc.cluster.membership.DetectionLaws.WHO_SLEPT_CONVICTS_NOBODY;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.GossipMessage.Ping;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every law of detection holds, and falls with the mechanism that keeps it. */
class DetectionMutantsTest {
  private static final DetectionConfig USUAL = DetectionConfig.DEFAULT;
  private static final Consumer<GossipNet> NONE = net -> {};

  @ParameterizedTest
  @EnumSource
  void theLawHolds(DetectionLaws law) {
    law.check(USUAL, NONE);
  }

  @Test
  void withoutTheWindowWhoSleepsIsConvicted() {
    assertKilled(WHO_SLEEPS_FOR_SECONDS_IS_NOT_CONVICTED,
        new DetectionConfig(USUAL.suspectAt(), USUAL.probeMillis(), USUAL.helpers(), 1, USUAL.monitors()), NONE);
  }

  @Test
  void withoutTheIndirectProbeABrokenLinkIsADeath() {
    assertKilled(WHO_IS_REACHED_THROUGH_OTHERS_IS_NOT_SUSPECTED, USUAL,
        net -> net.unsent = send -> send.message() instanceof Ping ping && ping.isRelayed());
  }

  @Test
  void withVotesOfAllAnybodyIsHeard() {
    assertKilled(WHAT_OTHERS_THAN_MONITORS_SAY_DOES_NOT_COUNT,
        new DetectionConfig(USUAL.suspectAt(), USUAL.probeMillis(), USUAL.helpers(), USUAL.standMillis(), 1_000), NONE);
  }

  @Test
  void whoDoesNotKnowThatItSleptSuspectsEverybody() {
    assertKilled(WHO_SLEPT_CONVICTS_NOBODY, USUAL, net -> net.hidesPauses = true);
  }

  private static void assertKilled(DetectionLaws law, DetectionConfig detection, Consumer<GossipNet> mutation) {
    assertThatThrownBy(() -> law.check(detection, mutation)).isInstanceOf(AssertionError.class);
  }
}
