package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this thread takes of the heap while something runs: how a test sees memory that was taken on the word of a forged length. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  static long bytesOf(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** That the work takes no more than {@code perByte} for each byte it was given, and a little for itself. */
  static void assertBounded(int inputBytes, int perByte, Runnable work) {
    assertThat(bytesOf(work)).isLessThan(32_768 + (long) perByte * inputBytes);
  }
}
