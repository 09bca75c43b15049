package dev.torc.cluster.wire;

import dev.torc.cluster.version.Context;
import dev.torc.protocol.Bytes;

/** A context as a client carries it: a {@link SealedText} about its key. The empty text is {@link Context#NOTHING}. */
public final class ContextText {
  private ContextText() {}

  public static Bytes write(Context context, Bytes key) {
    if (context.isNothing()) {
      return Bytes.EMPTY;
    }
    var body = new ByteWriter(18 + 16 * context.version().size());
    CausalityCodec.writeContext(context, body);
    return SealedText.write(SealedText.Kind.CONTEXT, body, key);
  }

  /** What a client handed back. */
  public sealed interface Reading {}

  public record Good(Context context) implements Reading {}

  /** @param error what is wrong with it */
  public record Bad(String error) implements Reading {}

  /** Never throws, whatever the text is. */
  public static Reading read(Bytes text, Bytes key) {
    if (text.size() == 0) {
      return new Good(Context.NOTHING);
    }
    try {
      var in = SealedText.read(SealedText.Kind.CONTEXT, text, key);
      var context = CausalityCodec.readContext(in);
      in.end();
      return new Good(context);
    } catch (MalformedException malformed) {
      return new Bad(malformed.getMessage());
    }
  }
}
