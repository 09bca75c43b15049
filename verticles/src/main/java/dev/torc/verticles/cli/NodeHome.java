package dev.torc.verticles.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One node's directory, with its process id (torc.pid) and log (torc.log) beside its data. A process id alone says nothing,
 * as the system gives it to another process in time: it counts only while that process's command line is a node on this
 * directory.
 */
record NodeHome(String name, int port, Path directory) {

  Path log() {
    return directory.resolve("torc.log");
  }

  Path pidFile() {
    return directory.resolve("torc.pid");
  }

  /** The node's process, while it runs. */
  Optional<ProcessHandle> process() {
    return pid().flatMap(ProcessHandle::of)
        .filter(process -> process.isAlive() && isNode(arguments(process), directory));
  }

  boolean isRunning() { return process().isPresent(); }

  /** Whether it runs with this word on its command line. */
  boolean runsWith(String argument) {
    return process().map(NodeHome::arguments).filter(arguments -> arguments.contains(argument)).isPresent();
  }

  /** Whether a command line is that of a node on a directory. A zombie has no command line, and is none. */
  static boolean isNode(List<String> arguments, Path directory) {
    int data = arguments.indexOf("--data");
    return data > 0 && data + 1 < arguments.size() && arguments.get(data + 1).equals(directory.toString())
        && arguments.subList(0, data).contains("server");
  }

  private Optional<Long> pid() {
    try {
      return Optional.of(Long.parseLong(Files.readString(pidFile()).strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static List<String> arguments(ProcessHandle process) {
    // Linux's own file has the whole command line; the JDK cuts it at a page.
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
    } catch (IOException absent) {
      return process.info().arguments().map(List::of).orElse(Collections.emptyList());
    }
  }

  /** The line of the log that says best why the node ended, from a byte of the log on; empty when there is none. */
  String reason(long fromByte) {
    try {
      byte[] all = Files.readAllBytes(log());
      int from = (int) Math.max(Math.min(fromByte, all.length), all.length - (64L << 10));
      var lines = new String(all, from, all.length - from, StandardCharsets.UTF_8).lines()
          .filter(line -> !line.isBlank()).toList();
      return lines.reversed().stream().filter(line -> line.startsWith("torc: ") || line.contains("ERROR")
          || line.startsWith("Error") || line.startsWith("Exception") || line.startsWith("Caused by")).findFirst()
          .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast())).orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }
}
