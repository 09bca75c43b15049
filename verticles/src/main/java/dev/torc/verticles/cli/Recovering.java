package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import dev.torc.verticles.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes {@code up --recover} starts without the database that they have: those that it names, or the only one that does not run. Never several unless each is
 * named, since what none but they hold is then out of everybody's reach.
 */
final class Recovering {
  private Recovering() {}

  /**
   * @param asked names with commas between; empty for the one that does not run, null for none
   * @throws StartException for one that runs, and where it is not clear which one is meant
   */
  static List<NodeHome> of(String asked, List<NodeHome> homes) {
    if (asked == null) {
      return List.of();
    }
    var stopped = homes.stream().filter(home -> !home.isRunning()).toList();
    return asked.isEmpty() ? theOnly(stopped) : named(asked, homes, stopped);
  }

  private static List<NodeHome> theOnly(List<NodeHome> stopped) {
    if (stopped.isEmpty()) {
      throw new StartException("all nodes run: there is none to recover");
    }
    if (stopped.size() > 1) {
      throw new StartException("name the node to recover, as in --recover " + stopped.getFirst().name() + ": of "
          + LocalCluster.names(stopped)
          + " none runs, and what no other node has would be lost if all of their databases were set aside");
    }
    return stopped;
  }

  private static List<NodeHome> named(String asked, List<NodeHome> homes, List<NodeHome> stopped) {
    var chosen = new ArrayList<NodeHome>();
    for (String name : asked.split(",")) {
      var home = homes.stream().filter(node -> node.name().equals(name.strip())).findFirst()
          .orElseThrow(() -> new ConfigException("--recover", asked, LocalCluster.names(homes)));
      if (!stopped.contains(home)) {
        throw new StartException(home.name() + " runs, so its database is in use. To recover it all the same, stop it"
            + " first: kill " + home.process().map(ProcessHandle::pid).orElse(0L));
      }
      chosen.add(home);
    }
    return chosen;
  }
}
