package dev.torc.compat.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** The few things that Java cannot do, in C under src/test/resources/native, compiled here when they are first needed. */
public final class NativeCode {
  private static final Path SOURCES = Path.of("src", "test", "resources", "native").toAbsolutePath();

  private NativeCode() {}

  /** Skips the test, loudly, where there is no compiler. */
  public static void assumePossible() {
    Program.assumeInstalled("gcc", "gcc libc6-dev");
  }

  public static Path program(String name) {
    return compile(name, name, List.of());
  }

  /** To be preloaded. */
  public static Path library(String name) {
    return compile(name, name + ".so", List.of("-shared", "-fPIC"));
  }

  private static synchronized Path compile(String name, String file, List<String> options) {
    Path source = SOURCES.resolve(name + ".c");
    Path made = Torc.scratch().resolveSibling("native").resolve(file);
    try {
      Files.createDirectories(made.getParent());
      if (Files.exists(made)
          && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(source)) > 0) {
        return made;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var line = new ArrayList<>(List.of("gcc", "-O2", "-Wall", "-Werror", "-o", made.toString()));
    line.addAll(options);
    line.add(source.toString());
    Program gcc = Program.run(line.toArray(String[]::new));
    Assertions.assertThat(gcc.exit()).as(gcc.text()).isZero();
    return made;
  }

  /** Starts a program that says in a line that it works, and that ends when this process does. */
  static Process start(Path program, String... arguments) {
    var line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      if (process.inputReader().readLine() == null) {
        throw new IllegalStateException("ended at its start: " + line);
      }
      return process;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
