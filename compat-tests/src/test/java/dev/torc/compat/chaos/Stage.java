package dev.torc.compat.chaos;

import dev.torc.compat.history.PowerCuts;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.NativeCode;
import dev.torc.compat.process.Network.Loss;
import dev.torc.compat.process.NetworkedCluster;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Five nodes in network namespaces, and all that is needed to do to them what {@link FaultKind} says. One node has the small disk, one the wrong clock, one the bad power supply. */
final class Stage implements AutoCloseable {
  static final int NODES = 5;
  private static final int CLOCK_NODE = 1;
  private static final int SMALL_DISK_NODE = 3;
  private static final int POWER_NODE = 4;
  private static final int ASK_MILLIS = 500;
  private static final int[] SECONDS_AHEAD = {-120, -30, -3, 2, 4, 20, 600};

  private final PowerCuts powerCuts = new PowerCuts(POWER_NODE);
  /** What they took of the node's log of writes, in bytes. */
  private long lost;
  private final NetworkedCluster cluster;
  private final Random random;
  private SmallDisk disk;
  private PowerSupply power;
  private WrongClock clock;

  private final boolean losesLastSecond;

  private Stage(NetworkedCluster cluster, Random random, boolean losesLastSecond) {
    this.cluster = cluster;
    this.random = random;
    this.losesLastSecond = losesLastSecond;
  }

  /** @param losesLastSecond whether the node whose power is cut syncs what it writes once a second; else at once */
  static Stage open(Random random, boolean losesLastSecond, String... settings) {
    NativeCode.assumePossible();
    var stage = new Stage(NetworkedCluster.prepare("chaos", NODES, settings), random, losesLastSecond);
    try {
      stage.equip();
      stage.cluster.start();
      return stage;
    } catch (RuntimeException | Error failed) {
      stage.close();
      throw failed;
    }
  }

  private void equip() {
    disk = SmallDisk.mount(cluster.home(SMALL_DISK_NODE));
    cluster.equip(SMALL_DISK_NODE, new NetworkedCluster.Equipment(List.of(), Map.of(),
        List.of("engine.low-space=2 MiB", "engine.memtable=4 MiB")));
    clock = WrongClock.of(cluster, CLOCK_NODE);
    power = PowerSupply.of(cluster, POWER_NODE, "engine.fsync=" + (losesLastSecond ? "everysec" : "always"));
  }

  NetworkedCluster cluster() {
    return cluster;
  }

  PowerCuts powerCuts() {
    return powerCuts;
  }

  boolean losesLastSecond() {
    return losesLastSecond;
  }

  long lostBytes() {
    return lost;
  }

  /** Whether a node that can be asked has found another one down. */
  boolean isAnybodyDown() {
    return IntStream.range(0, NODES).anyMatch(node -> {
      try (var socket = cluster.connect(node, ASK_MILLIS)) {
        return socket.call("INFO", "torc").toString().contains("state=down");
      } catch (UncheckedIOException notThere) {
        return false;
      }
    });
  }

  Fault fault(FaultKind kind) {
    var nodes = new ArrayList<>(IntStream.range(0, NODES).boxed().toList());
    Collections.shuffle(nodes, random);
    return switch (kind) {
      case PARTITION -> parted(nodes, few());
      case ONE_WAY -> random.nextBoolean()
          ? deaf(nodes, 1)
          : deaf(nodes, NODES - 1);
      case BRIDGE -> losing(kind.text + " over " + name(nodes.get(4)),
          Loss.between(nodes.subList(0, 2), nodes.subList(2, 4)));
      case FLAPPING -> flapping(nodes, few());
      case LOSS -> {
        int percent = random.nextInt(10, 40);
        yield losing(kind.text + " of " + percent + " %", IntStream.range(0, NODES * NODES)
            .filter(pair -> pair / NODES != pair % NODES)
            .mapToObj(pair -> new Loss(pair / NODES, pair % NODES, percent)).toList());
      }
      case DELAY -> delay(nodes.getFirst());
      case KILL -> kill(List.copyOf(nodes.subList(0, few())));
      case PAUSE -> Fault.of(kind.text + " of " + name(nodes.getFirst()),
          () -> cluster.signal("STOP", nodes.getFirst()), () -> cluster.signal("CONT", nodes.getFirst()));
      case FULL_DISK -> Fault.of(kind.text + " of " + name(SMALL_DISK_NODE), this::fillDisk, disk::free);
      case CLOCK -> clock(SECONDS_AHEAD[random.nextInt(SECONDS_AHEAD.length)]);
      case POWER_CUT -> Fault.of(kind.text + " of " + name(POWER_NODE), this::cutPower,
          () -> cluster.revive(POWER_NODE));
    };
  }

  /** A minority of five. */
  private int few() {
    return random.nextInt(1, 3);
  }

  private static String name(int node) {
    return "n" + (node + 1);
  }

  /** By its name. */
  static int node(String name) {
    return Integer.parseInt(name.substring(1)) - 1;
  }

  private static String names(List<Integer> nodes) {
    return String.join(" ", nodes.stream().sorted().map(Stage::name).toList());
  }

  private Fault parted(List<Integer> nodes, int first) {
    var one = nodes.subList(0, first);
    var other = nodes.subList(first, NODES);
    return losing(FaultKind.PARTITION.text + ", " + names(one) + " | " + names(other), Loss.between(one, other));
  }

  private Fault deaf(List<Integer> nodes, int heard) {
    var from = nodes.subList(0, heard);
    var to = nodes.subList(heard, NODES);
    return losing(FaultKind.ONE_WAY.text + ", " + names(to) + " not hearing " + names(from), Loss.onWay(from, to));
  }

  private Fault losing(String story, List<Loss> losses) {
    return Fault.of(story, () -> cluster.network().apply(losses), cluster.network()::heal);
  }

  private Fault flapping(List<Integer> nodes, int first) {
    var losses = Loss.between(nodes.subList(0, first), nodes.subList(first, NODES));
    // Of its own: how often it is asked depends on this machine's pace.
    var coin = new Random(random.nextLong());
    return Fault.of(FaultKind.FLAPPING.text + ", " + names(nodes.subList(0, first)),
        () -> cluster.network().apply(losses),
        () -> cluster.network().apply(coin.nextInt(4) > 0 ? losses : List.of()), cluster.network()::heal);
  }

  private Fault delay(int node) {
    int millis = random.nextInt(20, 200);
    int seed = random.nextInt(1_000_000);
    var line = new ArrayList<AutoCloseable>();
    return Fault.of("delay of " + millis + " to " + 2 * millis + " ms, reordering, duplicates at " + name(node),
        () -> line.add(cluster.network().lengthen(node, millis, millis, 20, seed)), () -> close(line.removeLast()));
  }

  private static void close(AutoCloseable line) {
    try {
      line.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Fault kill(List<Integer> nodes) {
    return Fault.of(FaultKind.KILL.text + " of " + names(nodes), () -> nodes.forEach(cluster::kill),
        () -> nodes.forEach(cluster::revive));
  }

  private Fault clock(int secondsAhead) {
    return Fault.of("clock of " + name(CLOCK_NODE) + " set " + secondsAhead + " s ahead",
        () -> clock.set(secondsAhead), () -> clock.set(0));
  }

  /** Of a node that serves: one that starts without room ends, and says so. */
  private void fillDisk() {
    Eventually.that(name(SMALL_DISK_NODE) + " serves", Duration.ofSeconds(60), () -> {
      try (var socket = cluster.connect(SMALL_DISK_NODE)) {
        return "PONG".equals(socket.call("PING"));
      }
    });
    disk.fill();
  }

  /** A cut that takes nothing proves nothing: under everysec in a moment in which there is something to lose. */
  private void cutPower() {
    if (losesLastSecond) {
      Eventually.that(name(POWER_NODE) + " has something to lose", Duration.ofSeconds(60), () -> power.unsynced() > 0);
    }
    long begin = System.nanoTime();
    long bytes = power.cut();
    if (losesLastSecond) {
      powerCuts.add(begin, System.nanoTime());
    }
    lost += bytes;
    System.out.println("chaos: the power cut took " + bytes + " bytes of the log of writes");
  }

  @Override
  public void close() {
    cluster.close();
    if (disk != null) {
      disk.close();
    }
  }
}
