package dev.torc.compat.chaos;

import dev.torc.compat.history.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was done to the nodes, and how it went for the clients, as a page: target/reliability.md. */
record ReliabilityReport(long seed, Duration time, Mayhem mayhem, Outcomes outcomes, Convergence convergence) {
  private static final Path PAGE = Path.of("target", "reliability.md").toAbsolutePath();

  void write() throws IOException {
    var page = new StringBuilder("# Reliability, measured\n\n");
    page.append(String.format(Locale.ROOT, "`mvn verify -Dchaos.minutes=%.1f -Dchaos.seed=%d`: %d nodes, %d s.%n%n",
        time.toMillis() / 60_000.0, seed, Stage.NODES, time.toSeconds()));
    page.append("| fault | times |\n|---|---|\n");
    mayhem.done().forEach((kind, times) -> page.append("| ").append(kind.text).append(" | ").append(times)
        .append(" |\n"));
    page.append(String.format(Locale.ROOT, "%nOf %d that lasted 11 s or longer %d had a node found down.%n",
        mayhem.longFaults(), mayhem.foundDown()));
    page.append("\n| requests | asked | succeeded | availability | failures, by kind |\n|---|---|---|---|---|\n");
    outcomes.kinds().forEach(kind -> page.append(line(kind, outcomes.asked(kind), outcomes.succeeded(kind),
        outcomes.failures(kind).entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ")))));
    page.append(line("all", outcomes.asked(), outcomes.succeeded(), ""));
    page.append(String.format(Locale.ROOT, "%nTime to converge: %.1f s for %d keys, %d of them still different.%n",
        convergence.time().toMillis() / 1000.0, convergence.keys(), convergence.differing().size()));
    Files.writeString(PAGE, page);
    System.out.println(page);
  }

  private static String line(String kind, long asked, long succeeded, String failures) {
    return String.format(Locale.ROOT, "| %s | %d | %d | %.2f %% | %s |%n", kind, asked, succeeded,
        asked == 0 ? 100 : 100.0 * succeeded / asked, failures);
  }
}
