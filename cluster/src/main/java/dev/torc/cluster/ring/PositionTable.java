package dev.torc.cluster.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The tokens of every position, a function of the position alone: a node that holds a position owns its 160 tokens, whoever else is a member.
 *
 * <p>Random tokens would leave a node with 160 of them 8 % from its fair share on average (1/√160), and one in many nodes far more. So the
 * tokens are placed where they divide the ring evenly. Position 0 has 160 tokens at equal distances. Position p comes into the ring of the
 * positions 0 … p-1, and takes 1/(160·(p+1)) of it 160 times, each time from the largest arc of the position that owns most: the new token lies
 * inside that arc and owns the part before itself. So every earlier position gives up 1/(p·(p+1)) of the ring, and all are equal again.
 *
 * <p>As no token ever moves, a node that is added takes only what it must, a node that is removed leaves its arcs to the tokens behind them,
 * and nothing moves between nodes that stay. Ties (at first there are little else) go by a fixed hash, so that a position gets many different
 * neighbours and its load, when it is down, spreads. A position that nobody holds is as if it were removed: its arcs go mostly to the positions
 * that gave them and to those that came soon after, which can leave one of them a third above its share; so free positions are to be taken first.
 *
 * <p>Arithmetic is exact, in 62 bits: a ring of 2^62 units, widened to the 128 bits of a token at the end.
 */
public final class PositionTable {
  public static final int VNODES = 160;
  public static final int MAX_POSITIONS = 4_096;
  public static final PositionTable EMPTY = new PositionTable(new long[0]);

  private static final long RING = 1L << 62;
  /** Lengths that differ by less than this are a tie: it stands far above rounding, and far below the shortest arc. */
  private static final int TIE_BITS = 20;

  private final long[] tokens;

  private PositionTable(long[] tokens) {
    this.tokens = tokens;
  }

  /** The first {@code positions} positions; about a tenth of a second for 1,000. */
  public static PositionTable of(int positions) {
    if (positions < 0 || positions > MAX_POSITIONS) {
      throw new IllegalArgumentException(positions + " positions are not in 0 … " + MAX_POSITIONS);
    }
    return new PositionTable(new Division(positions).tokens());
  }

  /** This table if it is long enough, or a longer one that begins with it. */
  public PositionTable atLeast(int positions) {
    return positions <= positions() ? this : of(positions);
  }

  public int positions() {
    return tokens.length / VNODES;
  }

  /** One of a position's {@link #VNODES} tokens, in no order. */
  public Token token(int position, int index) {
    return new Token(tokens[position * VNODES + index] << 2, 0);
  }

  /** What lies behind the previous token, up to {@code end}. */
  private record Arc(long end, long length) {
    static final Comparator<Arc> LARGEST_FIRST = Comparator.comparingLong((Arc arc) -> arc.length >>> TIE_BITS)
        .reversed()
        .thenComparingLong(arc -> mix(arc.end));
  }

  /** The ring while it is being divided among more and more positions. */
  private static final class Division {
    private final long[] tokens;
    private final long[] load;
    private final List<PriorityQueue<Arc>> arcs = new ArrayList<>();

    Division(int positions) {
      tokens = new long[positions * VNODES];
      load = new long[positions];
      for (int p = 0; p < positions; p++) {
        arcs.add(new PriorityQueue<>(VNODES, Arc.LARGEST_FIRST));
      }
    }

    long[] tokens() {
      for (int p = 0; p < arcs.size(); p++) {
        if (p == 0) {
          divideEvenly();
        } else {
          divideAgain(p);
        }
      }
      return tokens;
    }

    private void divideEvenly() {
      for (int i = 0; i < VNODES; i++) {
        long end = RING / VNODES * (i + 1) - 1;
        own(0, i, new Arc(end, RING / VNODES));
      }
    }

    private void divideAgain(int newcomer) {
      long length = RING / VNODES / (newcomer + 1);
      var byLoad = new PriorityQueue<Integer>(newcomer,
          Comparator.comparingLong((Integer p) -> load[p] >>> TIE_BITS).reversed()
              .thenComparingLong(p -> mix((long) newcomer << 32 | p)));
      for (int p = 0; p < newcomer; p++) {
        byLoad.add(p);
      }
      for (int i = 0; i < VNODES; i++) {
        int giver = byLoad.remove();
        Arc arc = arcs.get(giver).remove();
        long left = arc.length - length;
        arcs.get(giver).add(new Arc(arc.end, left));
        load[giver] -= length;
        byLoad.add(giver);
        own(newcomer, i, new Arc(arc.end - left, length));
      }
    }

    private void own(int position, int index, Arc arc) {
      tokens[position * VNODES + index] = arc.end;
      load[position] += arc.length;
      arcs.get(position).add(arc);
    }
  }

  /** The finalizer of splitmix64: every bit of the input changes half of the output's. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
