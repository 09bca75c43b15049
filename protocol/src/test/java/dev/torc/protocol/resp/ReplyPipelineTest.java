package dev.torc.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplyPipelineTest {
  private final RespBuffer out = new RespBuffer();

  private String drained(ReplyPipeline pipeline) {
    pipeline.drainTo(out);
    return new String(out.take(), StandardCharsets.UTF_8).replace("\r\n", " ").trim();
  }

  @Test
  void aReplyWaitsForItsPredecessors() {
    var pipeline = new ReplyPipeline(100);
    long first = pipeline.open(RespVersion.RESP2);
    long second = pipeline.open(RespVersion.RESP2);
    pipeline.complete(second, RespValue.integer(2));
    assertThat(pipeline.drainTo(out)).isFalse();
    pipeline.complete(first, RespValue.integer(1));
    assertThat(drained(pipeline)).isEqualTo(":1 :2");
    assertThat(pipeline.isEmpty()).isTrue();
  }

  @Test
  void eachReplyHasTheVersionOfItsTicket() {
    var pipeline = new ReplyPipeline(100);
    pipeline.complete(pipeline.open(RespVersion.RESP2), RespValue.NIL);
    pipeline.complete(pipeline.open(RespVersion.RESP3), RespValue.NIL);
    assertThat(drained(pipeline)).isEqualTo("$-1 _");
  }

  @Test
  void aSkippedReplyLeavesNoBytesAndBlocksNobody() {
    var pipeline = new ReplyPipeline(100);
    pipeline.skip(pipeline.open(RespVersion.RESP2));
    pipeline.complete(pipeline.open(RespVersion.RESP2), RespValue.OK);
    assertThat(drained(pipeline)).isEqualTo("+OK");
    assertThat(pipeline.inFlight()).isZero();
  }

  @Test
  void aFullBufferStopsTheDrainUntilItIsEmptied() {
    var pipeline = new ReplyPipeline(100);
    for (int i = 0; i < 3; i++) {
      pipeline.complete(pipeline.open(RespVersion.RESP2), RespValue.OK);
    }
    pipeline.drainTo(out, 1);
    assertThat(out.size()).isEqualTo(5);
    assertThat(pipeline.inFlight()).isEqualTo(2);
  }

  @Test
  void theBoundHoldsAndATicketIsAnsweredOnce() {
    var pipeline = new ReplyPipeline(1);
    long ticket = pipeline.open(RespVersion.RESP2);
    assertThat(pipeline.isFull()).isTrue();
    assertThatThrownBy(() -> pipeline.open(RespVersion.RESP2)).isInstanceOf(IllegalStateException.class);
    pipeline.complete(ticket, RespValue.OK);
    assertThatThrownBy(() -> pipeline.complete(ticket, RespValue.OK)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pipeline.skip(7)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void howeverOperationsFinishTheOrderIsThatOfTheRequests() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var pipeline = new ReplyPipeline(1000);
      var waiting = new ArrayList<Long>();
      var seen = new StringBuilder();
      var expected = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        long ticket = pipeline.open(RespVersion.RESP2);
        waiting.add(ticket);
        expected.append(':').append(ticket).append(' ');
        while (!waiting.isEmpty() && random.nextInt(3) > 0) {
          long done = waiting.remove(random.nextInt(waiting.size()));
          pipeline.complete(done, new RespValue.Int(done));
        }
        var part = drained(pipeline);
        seen.append(part).append(part.isEmpty() ? "" : " ");
      }
      waiting.forEach(ticket -> pipeline.complete(ticket, new RespValue.Int(ticket)));
      assertThat(seen.append(drained(pipeline)).toString().trim()).isEqualTo(expected.toString().trim());
    }
  }
}
