package dev.torc.engine;

import static dev.torc.engine.Scratch.NOW;
import static dev.torc.engine.Scratch.accept;
import static dev.torc.engine.Scratch.ballot;
import static dev.torc.engine.Scratch.chosen;
import static dev.torc.engine.Scratch.one;
import static dev.torc.engine.Scratch.prepare;
import static dev.torc.engine.Scratch.put;
import static dev.torc.engine.Scratch.query;
import static dev.torc.engine.Scratch.read;
import static dev.torc.engine.Scratch.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torc.cluster.paxos.Ballot;
import dev.torc.cluster.storage.AcceptorAnswer.Abstained;
import dev.torc.cluster.storage.AcceptorAnswer.Accepted;
import dev.torc.cluster.storage.AcceptorAnswer.Promised;
import dev.torc.cluster.storage.AcceptorAnswer.Queried;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.StoreAnswer.Cause;
import dev.torc.cluster.storage.StoreAnswer.Failed;
import dev.torc.cluster.storage.StoreAnswer.Held;
import dev.torc.cluster.storage.StoreAnswer.Stored;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of 64 MB, which only root can make. */
@Timeout(120)
class FullDiskTest {
  private static final int VALUE_BYTES = 20_000;

  @TempDir
  private Path mountPoint;
  private boolean mounted;
  private final LinkedHashMap<String, String> acknowledged = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(3);

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", mountPoint.toString());
    if (!mounted) {
      System.err.println("SKIPPED: FullDiskTest needs root to mount a small tmpfs");
    }
    assumeTrue(mounted, "FullDiskTest needs root to mount a small tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", mountPoint.toString());
    }
  }

  @Test
  void aFullDiskRefusesWritesServesReadsLosesNothingAndRecovers() throws Exception {
    var ballast = ballast(30 << 20);
    var config = Scratch.config(mountPoint.resolve("data")).withLowSpaceBytes(28 << 20);
    try (var database = Database.open(config, Scratch.host(Scratch.BOOT, 1))) {
      var store = Scratch.store(database, 1);
      var first = write(store, "first", "1");
      acknowledged.put("first", "1");
      var failed = fill(store);
      assertThat(failed.cause()).isEqualTo(Cause.COMMIT);
      assertThat(failed.reason()).startsWith("the disk is failing: ").doesNotContain("\n");
      assertThat(database.state()).isEqualTo(DiskState.FAILED);
      assertThat(Files.exists(mountPoint.resolve("data/torc.boot"))).isFalse();
      assertAllRead(store);
      assertThat(((Failed) one(store, put("first", "2"))).cause()).isEqualTo(Cause.DISK);
      database.onSecond();

      Files.delete(ballast);
      assertThat(one(store, put("first", "2"))).isInstanceOf(Failed.class);
      database.onSecond();
      assertThat(database.state()).isEqualTo(DiskState.OK);
      assertAllRead(store);
      var after = write(store, "first", "3");
      assertThat(after.dot().actor()).isNotEqualTo(first.dot().actor());
      assertThat(read(store, "first")).isEqualTo("3");
    }
  }

  @Test
  void anAcceptanceThatFailedIsNotToldAndTheAcceptorAbstainsAfter() throws Exception {
    var ballast = ballast(30 << 20);
    var config = Scratch.config(mountPoint.resolve("data")).withLowSpaceBytes(28 << 20);
    try (var database = Database.open(config, Scratch.host(Scratch.BOOT, 1))) {
      var store = Scratch.store(database, 1);
      int failed = acceptUntilItFails(store);
      var nothing = new Queried(Ballot.NONE, StoredRecord.EMPTY, StoredRecord.EMPTY);
      var last = new Queried(ballot(failed - 1), chosen(value(failed - 1), ballot(failed - 1)), StoredRecord.EMPTY);
      assertThat(one(store, query("a" + failed))).isEqualTo(nothing);
      assertThat(one(store, query("a" + (failed - 1)))).isEqualTo(last);
      assertThat(((Failed) one(store, prepare("b", ballot(1)))).cause()).isEqualTo(Cause.DISK);

      Files.delete(ballast);
      database.onSecond();
      assertThat(one(store, query("a" + (failed - 1)))).isEqualTo(new Abstained());
      assertThat(acceptedAfterRejoining(store, "a" + (failed - 1))).isEqualTo(ballot(failed - 1));
      assertThat(acceptedAfterRejoining(store, "a" + failed)).isIn(Ballot.NONE, ballot(failed));
    }
  }

  private static Ballot acceptedAfterRejoining(RocksReplicaStore store, String key) {
    one(store, new AcceptorStep.Rejoin(Key.of(Bytes.of(key)), Scratch.EPOCH));
    return ((Promised) one(store, prepare(key, ballot(1_000_000)))).accepted();
  }

  /** Each on a key of its own; gives the number of the one that failed. */
  private static int acceptUntilItFails(RocksReplicaStore store) {
    for (int i = 1;; i++) {
      var accept = accept("a" + i, ballot(i), value(i));
      var answers = store.perform(List.of(accept, query("a" + i), put("b" + i, "1")), NOW);
      if (answers.getFirst() instanceof Failed failed) {
        assertThat(failed.cause()).isEqualTo(Cause.COMMIT);
        assertThat(((Queried) answers.get(1)).accepted()).isEqualTo(Ballot.NONE);
        assertThat(((Failed) answers.get(2)).cause()).isEqualTo(Cause.COMMIT);
        return i;
      }
      assertThat(answers.getFirst()).isEqualTo(new Accepted());
    }
  }

  private static String value(int number) {
    var digits = new SplittableRandom(number).longs(VALUE_BYTES / 16).mapToObj(each -> String.format("%016x", each));
    return digits.collect(Collectors.joining());
  }

  @Test
  void writesAreRefusedBeforeTheDiskIsQuiteFull() throws Exception {
    var config = Scratch.config(mountPoint.resolve("data")).withLowSpaceBytes(10 << 20);
    try (var database = Database.open(config, Scratch.host(Scratch.BOOT, 1))) {
      var store = Scratch.store(database, 1);
      var actor = write(store, "a", "1").dot().actor();
      var ballast = ballast(50 << 20);
      database.onSecond();
      assertThat(database.state()).isEqualTo(DiskState.LOW_SPACE);
      assertThat(((Failed) one(store, put("a", "2"))).reason()).startsWith("the disk is nearly full");
      assertThat(read(store, "a")).isEqualTo("1");
      Files.delete(ballast);
      database.onSecond();
      assertThat(write(store, "a", "2").dot().actor()).isEqualTo(actor);
    }
  }

  /** Writes until a write is refused, and gives the refusal. */
  private Failed fill(RocksReplicaStore store) {
    for (int i = 0;; i++) {
      var bytes = new byte[VALUE_BYTES];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) random.nextInt(32, 127);
      }
      var value = new String(bytes, StandardCharsets.US_ASCII);
      var answers = store.perform(List.of(put("k" + i, value), Scratch.fetch("first"), put("other" + i, "v")), NOW);
      if (answers.getFirst() instanceof Stored) {
        acknowledged.put("k" + i, value);
        acknowledged.put("other" + i, "v");
      } else {
        assertThat(answers.get(1)).isInstanceOf(Held.class);
        assertThat(answers.get(2)).isInstanceOf(Failed.class);
        assertThat(read(store, "k" + i)).isNull();
        return (Failed) answers.getFirst();
      }
    }
  }

  private void assertAllRead(RocksReplicaStore store) {
    acknowledged.forEach((key, value) -> assertThat(read(store, key)).isEqualTo(value));
  }

  private Path ballast(int bytes) throws IOException {
    var ballast = mountPoint.resolve("ballast");
    Files.write(ballast, new byte[bytes]);
    return ballast;
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
