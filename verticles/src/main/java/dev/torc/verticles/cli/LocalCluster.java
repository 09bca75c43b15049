package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The nodes of one data directory, as processes of this machine. */
final class LocalCluster {

  /**
   * A process that this object started. Whether it still lives is asked of the process: between its creation and the program
   * that it becomes it has, for an instant and more than once, no command line by which a node's directory would know it.
   *
   * @param logBytes of its log, before it wrote there
   */
  private record Started(Process process, long logBytes) {}

  /** How long the ports of a killed process may stay taken. */
  private static final Duration DYING = Duration.ofSeconds(3);

  static final Duration START_LIMIT = Duration.ofSeconds(60);
  static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int QUERY_MILLIS = 2_000;

  private final ClusterLayout layout;
  private final List<NodeHome> homes;
  private final PrintWriter out;
  private final Map<NodeHome, Started> started = new LinkedHashMap<>();

  LocalCluster(ClusterLayout layout, PrintWriter out) {
    this.layout = layout;
    this.homes = layout.homes();
    this.out = out;
  }

  List<NodeHome> homes() {
    return homes;
  }

  /** The nodes that this object started. */
  synchronized List<NodeHome> started() {
    return List.copyOf(started.keySet());
  }

  private synchronized Optional<ProcessHandle> process(NodeHome home) {
    return Optional.ofNullable(started.get(home)).map(start -> start.process().toHandle())
        .filter(ProcessHandle::isAlive).or(home::process);
  }

  private boolean isRunning(NodeHome home) {
    return process(home).isPresent();
  }

  /**
   * Starts the nodes that do not run. Refuses before the first when a port is taken.
   *
   * @param recovering of these, those that set their databases aside
   */
  void start(NodeLauncher launcher, List<NodeHome> recovering) {
    var missing = homes.stream().filter(home -> !home.isRunning()).toList();
    if (missing.size() < homes.size()) {
      say("Already running: " + names(homes.stream().filter(home -> !missing.contains(home)).toList()));
    }
    missing.forEach(LocalCluster::awaitPorts);
    if (!missing.isEmpty()) {
      say("Starting " + names(missing) + " in " + layout.data());
    }
    if (!recovering.isEmpty()) {
      say("Recovering " + names(recovering) + ": the old database is set aside, not deleted");
    }
    missing.forEach(home -> launch(recovering.contains(home) ? launcher.and("--recover") : launcher, home));
  }

  /** A process that was just killed is gone before the last of its threads has let go of its ports. */
  private static void awaitPorts(NodeHome home) {
    int port = home.port();
    var ports = new PortCheck("127.0.0.1", port, port + 10_000, port + 1_000);
    if (!new Patience().until(() -> ports.inUse().isEmpty(), DYING)) {
      ports.inUse().ifPresent(line -> {
        throw new StartException(home.name() + " cannot start: " + line);
      });
    }
  }

  private synchronized void launch(NodeLauncher launcher, NodeHome home) {
    try {
      long logBytes = Files.exists(home.log()) ? Files.size(home.log()) : 0;
      started.put(home, new Started(launcher.launch(home, layout), logBytes));
    } catch (IOException failed) {
      throw new StartException(home.name() + " cannot start: " + failed.getMessage(), failed);
    }
  }

  /** Waits until all nodes agree on the ring and see each other up; the view of the first. */
  RingView awaitAgreement(Patience patience) {
    var agreed = new AtomicReference<RingView>();
    patience.until(() -> {
      agreed().ifPresent(agreed::set);
      return agreed.get() != null || dead().isPresent();
    }, START_LIMIT);
    dead().ifPresent(home -> {
      var reason = home.reason(started.get(home).logBytes()).replaceFirst("^torc: ", "");
      throw new StartException(home.name() + " ended at its start: " + reason + (reason.contains("--recover")
          ? "; that is: torc up --recover " + home.name() + " --data " + layout.data()
          : "") + " (log: " + home.log() + ")");
    });
    if (agreed.get() == null) {
      throw new StartException("the nodes did not agree on a ring within " + START_LIMIT.toSeconds() + " s; logs: "
          + layout.data() + "/n*/torc.log");
    }
    return agreed.get();
  }

  private synchronized Optional<NodeHome> dead() {
    return homes.stream().filter(home -> started.containsKey(home) && !started.get(home).process().isAlive())
        .findFirst();
  }

  private Optional<RingView> agreed() {
    var views = new ArrayList<RingView>();
    for (NodeHome home : homes) {
      try {
        views.add(new NodeQuery("127.0.0.1", home.port(), QUERY_MILLIS).ask());
      } catch (IOException notYet) {
        return Optional.empty();
      }
    }
    boolean agree = views.stream().map(RingView::digest).distinct().count() == 1 && views.stream()
        .allMatch(view -> view.ready() && homes.stream().allMatch(home -> view.isUp(home.port())));
    return agree ? Optional.of(views.getFirst()) : Optional.empty();
  }

  /** Says when a node dies or comes back, until none is left or the wait is ended. */
  void follow(Patience patience) {
    var running = new LinkedHashMap<NodeHome, Boolean>();
    homes.forEach(home -> running.put(home, true));
    do {
      for (NodeHome home : homes) {
        boolean now = home.isRunning();
        if (running.put(home, now) != now) {
          say(now
              ? home.name() + " is back"
              : home.name() + " died (log: " + home.log() + "); torc up --data "
                  + layout.data() + " starts it again");
        }
      }
      if (!running.containsValue(true)) {
        say("No node is left; their data is in " + layout.data());
        return;
      }
    } while (!patience.rest(500));
  }

  /** Asks nodes to stop, waits, and kills what is left; says how many it stopped. */
  int stop(List<NodeHome> nodes, Duration limit) {
    var asked = nodes.stream().filter(this::isRunning).toList();
    asked.forEach(home -> process(home).ifPresent(ProcessHandle::destroy));
    new Patience().until(() -> asked.stream().noneMatch(this::isRunning), limit);
    var stuck = asked.stream().filter(this::isRunning).toList();
    if (!stuck.isEmpty()) {
      say(names(stuck) + " did not stop within " + limit.toSeconds() + " s: killed (what was acknowledged is on disk)");
      stuck.forEach(home -> process(home).ifPresent(ProcessHandle::destroyForcibly));
      new Patience().until(() -> stuck.stream().noneMatch(this::isRunning), limit);
    }
    asked.stream().filter(home -> !isRunning(home)).forEach(home -> home.pidFile().toFile().delete());
    return asked.size();
  }

  static String names(List<NodeHome> nodes) {
    return nodes.stream().map(NodeHome::name).collect(Collectors.joining(", "));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
