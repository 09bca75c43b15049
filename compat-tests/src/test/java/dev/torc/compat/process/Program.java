package dev.torc.compat.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A process that is run to its end, with what it printed. */
public record Program(int exit, String out, String err) {
  private static final long LIMIT_SECONDS = 240;

  /** @param input given to the process, which then sees the end of its input */
  public static Program run(List<String> line, Map<String, String> environment, byte[] input) {
    try {
      Path err = Files.createTempFile(Torc.scratch(), "program", ".err");
      Path out = Files.createTempFile(Torc.scratch(), "program", ".out");
      var builder = new ProcessBuilder(line).redirectError(err.toFile()).redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException endedEarly) {
        // What it printed tells why.
      }
      await(line, process);
      var ended = new Program(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static Program run(String... line) {
    return run(List.of(line), Map.of(), new byte[0]);
  }

  private static void await(List<String> line, Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("did not end within " + LIMIT_SECONDS + " s: " + line);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Skips the test, loudly, when a program that it needs is not there. */
  public static void assumeInstalled(String program, String debianPackage) {
    boolean installed = isInstalled(program);
    if (!installed) {
      System.err.println("*** SKIPPED: no " + program + "; install it (Debian: apt install " + debianPackage + ") ***");
    }
    Assumptions.assumeTrue(installed, program + " is installed");
  }

  public static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** All that it printed. */
  public String text() {
    return out + err;
  }

  public List<String> lines() {
    return new ArrayList<>(text().lines().filter(line -> !line.isBlank()).toList());
  }
}
