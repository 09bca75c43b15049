package dev.torc.cluster.change;

import dev.torc.cluster.change.Change.Step;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.FloatText;
import dev.torc.protocol.resp.Decimal;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** INCRBY and INCRBYFLOAT. The expiry stays. */
final class Numbers {
  private Numbers() {}

  static Step add(Optional<Content> held, long by) {
    var number = held.map(content -> Decimal.parse(content.value())).orElse(OptionalLong.of(0));
    if (number.isEmpty()) {
      return Step.unchanged(new ChangeResult.Refused(Errors.NOT_AN_INTEGER));
    }
    long before = number.getAsLong();
    if (by > 0 && before > Long.MAX_VALUE - by || by < 0 && before < Long.MIN_VALUE - by) {
      return Step.unchanged(new ChangeResult.Refused(Errors.INCREMENT_OVERFLOW));
    }
    return Step.to(Content.of(Bytes.of(Long.toString(before + by)), Values.expiry(held)),
        new ChangeResult.Number(before + by));
  }

  static Step add(Optional<Content> held, BigDecimal by) {
    var number = held.map(content -> FloatText.parse(content.value())).orElse(Optional.of(BigDecimal.ZERO));
    if (number.isEmpty()) {
      return Step.unchanged(new ChangeResult.Refused(Errors.NOT_A_FLOAT));
    }
    var sum = number.get().add(by);
    if (!FloatText.isBounded(sum)) {
      return Step.unchanged(new ChangeResult.Refused(Errors.NAN_OR_INFINITY));
    }
    var text = FloatText.text(sum);
    return Step.to(Content.of(text, Values.expiry(held)), new ChangeResult.Text(text));
  }
}
