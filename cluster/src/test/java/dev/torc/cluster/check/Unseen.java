package dev.torc.cluster.check;

import dev.torc.cluster.check.RegisterOp.Append;
import dev.torc.cluster.check.RegisterOp.Condition;
import dev.torc.cluster.check.RegisterOp.GetAndPut;
import dev.torc.cluster.check.RegisterOp.Put;
import dev.torc.cluster.check.RegisterOp.PutIf;
import dev.torc.cluster.check.RegisterOp.RemoveIfEquals;
import dev.torc.cluster.check.RegisterResult.Found;
import dev.torc.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which values nobody saw: part of nothing that was found, of nothing that was compared with, and never a part of a number. Of such a value all that an answer can tell
 * is its length, so two of the same length are as good as each other.
 */
final class Unseen {
  private final Set<String> seen = new LinkedHashSet<>();

  Unseen(List<Call<RegisterOp, RegisterResult>> calls) {
    for (var call : calls) {
      if (call.output().orElse(null) instanceof Found(var value)) {
        value.ifPresent(bytes -> seen.add(letters(bytes)));
      }
      if (call.input() instanceof RemoveIfEquals(var expected)) {
        seen.add(letters(expected));
      }
      if (call.input() instanceof PutIf(var value, Condition.IsEqual(var expected))) {
        seen.add(letters(expected));
      }
    }
  }

  /** One letter for each byte. */
  static String letters(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  RegisterOp look(RegisterOp op) {
    return switch (op) {
      case Put(var value) -> new Put(look(value));
      case PutIf(var value, var condition) -> new PutIf(look(value), condition);
      case GetAndPut(var value) -> new GetAndPut(look(value));
      case Append(var suffix) -> new Append(look(suffix));
      case RegisterOp.Read read -> read;
      case RegisterOp.Remove remove -> remove;
      case RemoveIfEquals remove -> remove;
      case RegisterOp.GetAndRemove remove -> remove;
      case RegisterOp.Add add -> add;
    };
  }

  private Bytes look(Bytes value) {
    var letters = letters(value);
    var blank = "?".repeat(value.size());
    boolean isPartOfNumbers = letters.chars().allMatch(letter -> letter == '-' || letter >= '0' && letter <= '9');
    return isPartOfNumbers || isSeen(letters) || isSeen(blank) ? value : Bytes.of(blank);
  }

  private boolean isSeen(String letters) {
    return seen.stream().anyMatch(text -> text.contains(letters));
  }
}
