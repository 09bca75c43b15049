package dev.torc.verticles.cli;

import dev.torc.verticles.config.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line of a node's process: the java of this process, the options for nodes, the program, and what makes this
 * node itself.
 *
 * @param java with its options: a command line up to the program
 * @param program -jar torc.jar, or a class path and a class
 * @param extra flags for every node
 */
record NodeLauncher(List<String> java, List<String> program, List<String> extra) {

  /** Several nodes share the machine with whatever else runs on it: three stay below 4 GB in all. */
  private static final long MOST_CACHE_BYTES = 256L << 20;

  /** As this process runs itself. Options are in the file that torc.jvm.options names, and then in TORC_JAVA_OPTS; torc.class.archive is a file of classes to start from. */
  static NodeLauncher ofThisProcess(Map<String, String> environment) {
    var java = new ArrayList<String>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty("torc.jvm.options");
    if (options != null) {
      java.add("@" + options);
    }
    String archive = System.getProperty("torc.class.archive");
    if (archive != null) {
      java.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    }
    Arrays.stream(environment.getOrDefault("TORC_JAVA_OPTS", "").split("\\s+")).filter(option -> !option.isEmpty())
        .forEach(java::add);
    String classPath = System.getProperty("java.class.path");
    boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return new NodeLauncher(java, jar
        ? List.of("-jar", Path.of(classPath).toAbsolutePath().toString())
        : List.of("-cp", classPath, Main.class.getName()), List.of());
  }

  NodeLauncher with(List<String> flags) {
    return new NodeLauncher(java, program, flags);
  }

  NodeLauncher and(String flag) {
    return new NodeLauncher(java, program, Stream.concat(extra.stream(), Stream.of(flag)).toList());
  }

  List<String> commandLine(NodeHome home, ClusterLayout layout) {
    var line = new ArrayList<>(java);
    line.addAll(program);
    line.addAll(List.of("server", "--name", home.name(), "--port", Integer.toString(home.port()), "--data",
        home.directory().toString(), "--seeds", layout.seeds(), "--expect", Integer.toString(layout.nodes())));
    if (hasSourceOfItsOwn()) {
      line.addAll(List.of("--set", Partition.SOURCE_SETTING + Partition.source(home, layout)));
    }
    line.addAll(extra);
    return line;
  }

  /** On Linux every address 127.x.y.z is this machine, so that a connection can say whose it is; not where nodes meet elsewhere. */
  private boolean hasSourceOfItsOwn() {
    return System.getProperty("os.name").equals("Linux") && !extra.contains("--config")
        && extra.stream().noneMatch(flag -> flag.startsWith("bind=") || flag.startsWith("announce.host="));
  }

  /** Starts a node in a session of its own, so that neither Ctrl-C nor a closed terminal reaches it. */
  Process launch(NodeHome home, ClusterLayout layout) throws IOException {
    Files.createDirectories(home.directory());
    var line = commandLine(home, layout);
    setsid().ifPresent(setsid -> line.addFirst(setsid));
    var builder = new ProcessBuilder(line).redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()));
    if (!extra.contains("--config")) {
      long cacheBytes = Math.min(MOST_CACHE_BYTES, Machine.here().blockCacheBytes(layout.nodes()));
      builder.environment().putIfAbsent("TORC_ENGINE_BLOCK_CACHE", Long.toString(cacheBytes));
    }
    // Of several nodes on one machine these differ, and follow the client port.
    List.of("TORC_PEER_PORT", "TORC_HTTP_PORT").forEach(builder.environment()::remove);
    Process process = builder.start();
    Files.writeString(home.pidFile(), process.pid() + "\n");
    return process;
  }

  private static Optional<String> setsid() {
    return List.of("/usr/bin/setsid", "/bin/setsid").stream().filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }
}
