package dev.torc.verticles;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every law of {@link Architecture} holds for Torc, and each one can fail: the losing code breaks it. */
class ArchitectureTest {
  private static final JavaClasses TORC = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.torc");
  private static final JavaClasses LOSING = new ClassFileImporter().importPackages("dev.torc.losing");

  /** A law, and who of the losing code breaks it, each of them. */
  private record Law(String name, Function<Architecture, ArchRule> rule, List<String> offenders) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void allModulesAreLookedAt() {
    for (var module : List.of("protocol", "cluster", "engine", "verticles")) {
      assertThat(TORC.stream().filter(type -> type.getPackageName().startsWith("dev.torc." + module)).count())
          .as("classes of %s", module).isGreaterThan(20);
    }
    assertThat(TORC.stream().filter(type -> type.getPackageName().startsWith("dev.torc.losing"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void torcKeeps(Law law) {
    assertThat(broken(law, "dev.torc", TORC)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theLosingCodeBreaks(Law law) {
    var broken = broken(law, "dev.torc.losing", LOSING);
    for (var offender : law.offenders()) {
      assertThat(broken).as("who breaks the law").anyMatch(line -> line.contains("." + offender));
    }
  }

  static Stream<Law> laws() {
    return Stream.of(
        law("imports run downwards only", Architecture::importsRunDownwardsOnly, "KnowsTheClusterAbove"),
        law("the core knows the pure JDK only", Architecture::theCoreKnowsThePureJdkOnly, "StartsAThread", "ReadsAFile",
            "OpensASocket", "IteratesInHashOrder", "DrawsFromAGeneratorOfItsOwn"),
        law("the core reads no clock nor ambient randomness", Architecture::theCoreReadsNoClockNorAmbientRandomness,
            "ReadsTheClock", "DrawsAmbientNumbers"),
        law("the core keeps no unordered collections", Architecture::theCoreKeepsNoUnorderedCollections,
            "KeepsAnUnorderedSet", "CollectsWithoutOrder"),
        law("the core takes no locks", Architecture::theCoreTakesNoLocks, "LocksItself.turn()", "LocksItself.turns"),
        law("the cluster has known rooms", Architecture::theClusterHasKnownRooms, "InAnUnknownRoom"),
        law("features do not import each other", Architecture::featuresDoNotImportEachOther, "KnowsAnotherFeature"),
        law("the ground does not import features", Architecture::theGroundDoesNotImportFeatures, "KnowsAFeature"),
        law("below the verticles nobody knows Vert.x", Architecture::belowTheVerticlesNobodyKnowsVertx, "KnowsVertx"),
        law("only the engine knows RocksDB", Architecture::onlyTheEngineKnowsRocks, "KnowsRocks"),
        law("only SystemClock reads time", Architecture::onlyTheSystemClockReadsTime, "ReadsTheClock",
            "ReadsTheClockToo"),
        law("names say what things are", Architecture::namesSayWhatThingsAre, "ShellManager"),
        law("accessors have no prefix", Architecture::accessorsHaveNoPrefix, "HasAGetter"),
        law("nobody shows mutable state", Architecture::nobodyShowsMutableState, "ShowsItsState.port",
            "ShowsItsState.WORD"),
        law("the only main is the command line's", Architecture::theOnlyMainIsTheCommandLine, "StartsASecondMain"));
  }

  private static Law law(String name, Function<Architecture, ArchRule> rule, String... offenders) {
    return new Law(name, rule, List.of(offenders));
  }

  private static List<String> broken(Law law, String root, JavaClasses code) {
    return law.rule().apply(new Architecture(root)).evaluate(code).getFailureReport().getDetails();
  }
}
