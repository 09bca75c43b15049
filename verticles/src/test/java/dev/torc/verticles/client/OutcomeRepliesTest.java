package dev.torc.verticles.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.message.Outcome;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.resp.RespValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeRepliesTest {

  @ParameterizedTest
  @CsvSource({"READ_LEVEL, CLUSTERDOWN why", "WRITE_LEVEL, NOREPLICAS why", "BUSY, BUSY why", "LOADING, LOADING why",
      "DISK, ERR disk: why", "BAD_CONTEXT, BADCONTEXT why", "CONTENTION, TRYAGAIN why"})
  void eachReasonHasItsFirstWord(Outcome.Reason reason, String text) {
    assertThat(OutcomeReplies.error(new Outcome.Refused(reason, "why"))).isEqualTo(RespValue.error(text));
  }

  @ParameterizedTest
  @EnumSource(Outcome.Reason.class)
  void whatWasRefusedIsAnError(Outcome.Reason reason) {
    assertThat(OutcomeReplies.isError(new Outcome.Refused(reason, "why"))).isTrue();
  }

  @Test
  void whatMayHaveBeenAppliedBeginsWithAWordThatNobodyRetries() {
    var uncertain = new Outcome.Uncertain("1 of 2 acknowledged in 500 ms, the write may be applied");
    assertThat(OutcomeReplies.isError(uncertain)).isTrue();
    assertThat(OutcomeReplies.error(uncertain))
        .isEqualTo(RespValue.error("UNCERTAIN 1 of 2 acknowledged in 500 ms, the write may be applied"));
    assertThat(ErrorCode.UNCERTAIN.retried()).isFalse();
  }

  @Test
  void anOutcomeThatWasHopedForIsNoError() {
    assertThat(OutcomeReplies.isError(new Outcome.Flushed())).isFalse();
    assertThatThrownBy(() -> OutcomeReplies.error(new Outcome.Counted(3))).isInstanceOf(IllegalStateException.class);
  }
}
