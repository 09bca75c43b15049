package dev.torc.cluster.wire;

import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import java.util.Optional;

/** The binary form of dots, of contexts (the vector, then the single dot if there is one), and of what a write comes after. */
public final class CausalityCodec {
  private CausalityCodec() {}

  static void write(Causality causality, ByteWriter out) {
    out.bool(causality.context().isPresent());
    causality.context().ifPresent(context -> writeContext(context, out));
    writeContext(causality.seen(), out);
    out.bool(causality.latestOnly());
  }

  static Causality read(ByteReader in) {
    var context = in.bool() ? Optional.of(readContext(in)) : Optional.<Context>empty();
    var seen = readContext(in);
    return new Causality(context, seen, in.bool());
  }

  public static void writeContext(Context context, ByteWriter out) {
    RecordCodec.writeVersion(context.version(), out);
    out.bool(context.dot().isPresent());
    context.dot().ifPresent(dot -> writeDot(dot, out));
  }

  public static Context readContext(ByteReader in) {
    var version = RecordCodec.readVersion(in);
    var dot = in.bool() ? Optional.of(readDot(in)) : Optional.<Dot>empty();
    try {
      return dot.isEmpty() ? Context.of(version) : new Context(version, dot);
    } catch (IllegalArgumentException covered) {
      throw new MalformedException(covered.getMessage());
    }
  }

  static ByteWriter writeDot(Dot dot, ByteWriter out) {
    return out.i64(dot.actor()).i64(dot.hlc());
  }

  static Dot readDot(ByteReader in) {
    return new Dot(in.i64(), in.i64());
  }
}
