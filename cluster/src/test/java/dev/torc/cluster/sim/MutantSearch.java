package dev.torc.cluster.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Prints for each mutant ({@code -Dsim.mutants=REGEX} for some) which invariants it breaks, under how many of 100 seeds ({@code -Dsim.search=N} for others), and under which first. Not one
 * of the tests, since it asserts nothing: {@code mvn -pl cluster -am test -Dtest=MutantSearch -Dsurefire.failIfNoSpecifiedTests=false}. With
 * {@code -Dsim.write=true} it looks no further than the first seed that finds each out, and writes those down for {@link KnownBadTest}.
 */
class MutantSearch {
  private static final String RESOURCES = "src/test/resources";
  private final int seeds = Integer.getInteger("sim.search", 100);
  private final String of = System.getProperty("sim.mutants", ".*");

  @Test
  void whatFindsOutWhat() throws IOException {
    if (Boolean.getBoolean("sim.write")) {
      writeFirsts();
      return;
    }
    for (var bad : wanted()) {
      var firsts = new EnumMap<Invariant, Long>(Invariant.class);
      var counts = new EnumMap<Invariant, Integer>(Invariant.class);
      for (long seed = 1; seed <= seeds; seed++) {
        for (var broken : Simulation.run(seed, bad.mutant.get(), false).broken().keySet()) {
          firsts.putIfAbsent(broken, seed);
          counts.merge(broken, 1, Integer::sum);
        }
      }
      System.out.println(line(bad, firsts, counts));
    }
  }

  private List<KnownBadTest.KnownBad> wanted() {
    return Stream.of(KnownBadTest.KnownBad.values()).filter(bad -> bad.name().matches(of)).toList();
  }

  private void writeFirsts() throws IOException {
    var known = KnownBadTest.seeds();
    // In order, though as many at once as there are cores.
    var lines = Stream.of(KnownBadTest.KnownBad.values()).parallel().map(bad -> {
      String line = bad + " " + (bad.name().matches(of) ? first(bad) : known.getOrDefault(bad.name(), 0L));
      System.out.println(line);
      return line;
    }).toList();
    Files.write(Path.of(RESOURCES + KnownBadTest.SEEDS), lines);
  }

  private long first(KnownBadTest.KnownBad bad) {
    for (long seed = 1; seed <= seeds; seed++) {
      if (Simulation.run(seed, bad.mutant.get(), false).broken().containsKey(bad.broken)) {
        return seed;
      }
    }
    return 0;
  }

  private static String line(KnownBadTest.KnownBad bad, Map<Invariant, Long> firsts, Map<Invariant, Integer> counts) {
    var line = new StringBuilder(bad.name());
    firsts.forEach((broken, seed) -> line.append(String.format("%n  %-30s %4d times, first under seed %d", broken,
        counts.get(broken), seed)));
    return line.toString();
  }
}
