package dev.torc.cluster.sim;

import dev.torc.cluster.antientropy.AntiEntropyConfig;
import dev.torc.cluster.coordination.CoordinatorConfig;
import dev.torc.cluster.hint.HintLimits;
import dev.torc.cluster.reaping.ReapingConfig;
import dev.torc.cluster.storage.SiblingLimits;
import java.util.SplittableRandom;

/**
 * What kind of world a seed makes: most of them are rough in one way or two, some in all, some not at all.
 *
 * @param loss the part of messages that are lost
 * @param doubled the part of messages that come twice (answers and a replica's duties; a connection never doubles a forwarded write)
 * @param tail the part of messages that take a second or more
 * @param centers how many data centres the nodes stand in
 * @param diskLoss whether nodes may lose their disks, one of them or as many as a quorum can do without; clocks differ no more than they may then, since nobody else knows what they promised
 * @param clockJumps whether clocks are set
 * @param farJumps whether they are also set further than they may differ
 * @param partitions whether the cluster falls apart, in one of several shapes, and now and then again and again
 * @param clogs whether links hold back what they carry
 * @param noticeMillis after how long a silence a peer is taken for unreachable
 * @param storms whether many clients come to one node at once
 */
record SimConfig(int nodes, int replicas, Sync sync, double loss, double doubled, double tail, boolean crashes,
    boolean powerCuts,
    boolean diskErrors, boolean cuts, boolean pauses, boolean clockJumps, int clients,
    int thinkMillis, int keys, int centers, boolean partitions, boolean clogs, long noticeMillis, boolean storms,
    boolean diskLoss, boolean farJumps) {

  enum Sync {
    ALWAYS,
    EVERYSEC,
    NO
  }

  static final long ACTIVE_MILLIS = 12_000;
  static final long SKEW_MILLIS = 5_000;
  static final long WORST_OFFSET_MILLIS = 20_000;
  static final int LARGE_BYTES = 64;
  private static final long NEVER_MILLIS = 1_000_000_000;
  static final AntiEntropyConfig ANTI_ENTROPY = new AntiEntropyConfig(3_000, 1_000, 1 << 20);
  static final int MAX_OPEN = 100;
  /** Operations at a node: those of clients, and what they open in turn. */
  static final int MOST_OPEN = 2 * MAX_OPEN;
  /** Answers that a node waits for, its peers' among them. */
  static final int MOST_CALLS = 10 * MAX_OPEN;
  static final CoordinatorConfig COORDINATOR = new CoordinatorConfig(1_000, 50, LARGE_BYTES, MAX_OPEN, SKEW_MILLIS,
      new SiblingLimits(3, 5, 1_000));

  /** Nothing is given up. */
  static final HintLimits MANY_HINTS = new HintLimits(3_600_000, Long.MAX_VALUE);
  /** Much is handed over, and now and then some is lost by rights. */
  static final HintLimits FEW_HINTS = new HintLimits(1_000, 300);

  /**
   * Deletions are forgotten as soon as no copy of what was before them can be under way. Where clocks jump further than they may differ nobody can tell when that is; there they
   * stay.
   */
  ReapingConfig reaping() {
    long timeout = COORDINATOR.timeoutMillis();
    return new ReapingConfig(farJumps ? NEVER_MILLIS : 3 * timeout + SKEW_MILLIS, timeout + 2 * SKEW_MILLIS, 500,
        timeout, 3);
  }

  static SimConfig of(long seed) {
    var random = new SplittableRandom(seed);
    boolean calm = random.nextInt(12) == 0;
    int nodes = 3 + random.nextInt(3);
    int replicas = nodes == 5 && random.nextInt(3) == 0 ? 5 : 3;
    var config = new SimConfig(nodes, replicas, Sync.values()[new int[] {0, 0, 0, 1, 1, 2}[random.nextInt(6)]],
        calm ? 0 : new double[] {0, 0.01, 0.05, 0.15}[random.nextInt(4)], random.nextInt(2) * 0.1,
        calm ? 0 : new double[] {0, 0.01, 0.05, 0.1}[random.nextInt(4)], !calm && random.nextInt(3) > 0,
        !calm && random.nextInt(2) > 0, !calm && random.nextInt(3) == 0, !calm && random.nextInt(2) > 0,
        !calm && random.nextInt(3) == 0, !calm && random.nextInt(2) > 0, 2 + random.nextInt(5),
        new int[] {20, 60, 120}[random.nextInt(3)], 1 + random.nextInt(5), 1 + random.nextInt(2),
        !calm && random.nextInt(3) == 0, !calm && random.nextInt(3) == 0,
        new long[] {400, 1_500, 4_000}[random.nextInt(3)], random.nextInt(8) == 0, false, false);
    boolean losesDisks = random.nextInt(3) > 0 && config.powerCuts;
    boolean farJumps = config.clockJumps && random.nextInt(2) == 0;
    return config.with(losesDisks && !farJumps, farJumps);
  }

  /** Whether nothing goes wrong but that disks are slow now and then. */
  boolean isCalm() {
    return loss == 0 && tail == 0 && !crashes && !powerCuts && !diskErrors && !cuts && !pauses && !clockJumps
        && !partitions && !clogs && !storms;
  }

  private SimConfig with(boolean losesDisks, boolean jumpsFar) {
    return new SimConfig(nodes, replicas, sync, loss, doubled, tail, crashes, powerCuts, diskErrors, cuts, pauses,
        clockJumps, clients, thinkMillis, keys, centers, partitions, clogs, noticeMillis, storms, losesDisks,
        jumpsFar);
  }
}
