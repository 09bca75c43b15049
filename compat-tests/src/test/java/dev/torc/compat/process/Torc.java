package dev.torc.compat.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a user has it: deploy/torc, with the jar that this build made. */
public final class Torc {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  private Torc() {}

  /** Where all data, logs and output of these tests are. */
  public static Path scratch() {
    try {
      return Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static Program run(String... arguments) {
    return Program.run(line(arguments), environment(), new byte[0]);
  }

  /** In the foreground; its output goes to a file. The caller ends it. */
  public static Process start(Path output, String... arguments) {
    return start(List.of(), Map.of(), output, arguments);
  }

  /** @param prefix of the command line, such as what runs it elsewhere */
  static Process start(List<String> prefix, Map<String, String> environment, Path output, String... arguments) {
    var line = new ArrayList<>(prefix);
    line.addAll(line(arguments));
    var builder = new ProcessBuilder(line).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> line(String... arguments) {
    var line = new ArrayList<String>();
    line.add(HOME.resolve("deploy").resolve("torc").toString());
    line.addAll(Arrays.asList(arguments));
    return line;
  }

  /** That of the script: with what this build made, by the Java of this process. Nodes of most tests live for seconds, and what Java's second compiler would make faster they never get to. */
  public static Map<String, String> environment() {
    return Map.of("TORC_SKIP_BUILD", "1", "TORC_JAVA_OPTS", "-XX:TieredStopAtLevel=1", "TORC_JAVA",
        Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** The processes that these tests started, directly or through up, and that still run: all that name the scratch directory. */
  public static List<ProcessHandle> running() {
    return runningIn(scratch());
  }

  /** Those whose data is below a directory. A zombie has no command line, and is none. */
  public static List<ProcessHandle> runningIn(Path directory) {
    return ProcessHandle.allProcesses().filter(process -> isIn(directory, process.pid())).toList();
  }

  private static boolean isIn(Path directory, long pid) {
    try {
      var arguments = List
          .of(new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")), StandardCharsets.UTF_8)
              .split("\0"));
      int data = arguments.indexOf("--data");
      return data > 0 && data + 1 < arguments.size() && arguments.get(data + 1).startsWith(directory.toString());
    } catch (IOException ended) {
      return false;
    }
  }

  /** Sends a signal, such as STOP, to one process. */
  public static void signal(String name, long pid) {
    Program sent = Program.run("kill", "-" + name, Long.toString(pid));
    if (sent.exit() != 0) {
      throw new IllegalStateException(sent.text());
    }
  }

  /** Kills by id whatever of ours is left; returns what that was. */
  public static List<Long> killLeftovers() {
    var left = running();
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    return left.stream().map(ProcessHandle::pid).toList();
  }
}
