package dev.torc.verticles;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The laws of the architecture, for the code below {@code root}: Torc's own, or the code that is made to break them. */
record Architecture(String root) {
  private static final List<String> FEATURES = List.of("membership", "coordination", "hint", "antientropy", "recovery",
      "reaping", "topology",
      "session");
  private static final List<String> GROUND = List.of("upkeep", "effect", "wire", "storage", "message", "change",
      "paxos",
      "policy", "version",
      "ring", "time");

  /** A growing array of bytes, the two orders of bytes and a checksum, whatever their packages. */
  private static final List<String> PURE_CLASSES = List.of("java.io.ByteArrayOutputStream", "java.nio.ByteOrder",
      "java.util.zip.CRC32C");
  private static final List<String> PURE_PACKAGES = List.of("java.lang", "java.lang.annotation", "java.lang.invoke",
      "java.lang.runtime", "java.math", "java.nio.charset", "java.util", "java.util.function", "java.util.random",
      "java.util.stream");
  /** Threads, processes, ambient time and randomness, and collections whose order is that of hashes. */
  private static final List<String> IMPURE_CLASSES = List.of("java.lang.Thread", "java.lang.ThreadGroup",
      "java.lang.ThreadLocal", "java.lang.InheritableThreadLocal", "java.lang.Runnable", "java.lang.Process",
      "java.lang.ProcessBuilder", "java.lang.Runtime", "java.lang.ClassLoader", "java.util.Calendar", "java.util.Date",
      "java.util.GregorianCalendar", "java.util.HashMap", "java.util.HashSet", "java.util.Hashtable",
      "java.util.IdentityHashMap", "java.util.Properties", "java.util.Random", "java.util.Scanner",
      "java.util.ServiceLoader", "java.util.SplittableRandom", "java.util.Timer", "java.util.TimerTask",
      "java.util.TimeZone", "java.util.UUID", "java.util.WeakHashMap", "java.util.random.RandomGeneratorFactory");

  ArchRule importsRunDownwardsOnly() {
    return layeredArchitecture().consideringOnlyDependenciesInLayers().layer("protocol").definedBy(below("protocol"))
        .layer("cluster").definedBy(below("cluster")).layer("engine").definedBy(below("engine")).layer("verticles")
        .definedBy(below("verticles")).whereLayer("protocol").mayNotAccessAnyLayer().whereLayer("cluster")
        .mayOnlyAccessLayers("protocol").whereLayer("engine").mayOnlyAccessLayers("protocol", "cluster")
        .whereLayer("verticles").mayNotBeAccessedByAnyLayer();
  }

  ArchRule theCoreKnowsThePureJdkOnly() {
    return classes().that().resideInAnyPackage(core()).should().onlyDependOnClassesThat(describe(
        "belong to the core or to the pure part of the JDK", this::isPureOrOfTheCore));
  }

  ArchRule theCoreReadsNoClockNorAmbientRandomness() {
    return noClasses().that().resideInAnyPackage(core())
        .should()
        .accessTargetWhere(target("time or randomness that was not handed in", (owner, name) -> switch (owner) {
          case "java.lang.System" -> !name.equals("arraycopy");
          case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
          case "java.util.random.RandomGenerator" -> List.of("getDefault", "of").contains(name);
          default -> false;
        })).orShould(callMethod(Collections.class, "shuffle", List.class));
  }

  ArchRule theCoreKeepsNoUnorderedCollections() {
    return noClasses().that().resideInAnyPackage(core())
        .should().accessTargetWhere(target("an order that differs from run to run", (owner, name) -> switch (owner) {
          case "java.util.Set", "java.util.Map" -> List.of("of", "copyOf", "ofEntries").contains(name);
          case "java.util.stream.Collectors" -> List.of("toSet", "toMap", "groupingBy", "partitioningBy",
              "toUnmodifiableSet", "toUnmodifiableMap", "groupingByConcurrent", "toConcurrentMap").contains(name);
          case "java.util.stream.Stream", "java.util.stream.IntStream", "java.util.stream.LongStream" ->
            name.equals("parallel");
          default -> name.equals("parallelStream");
        }));
  }

  ArchRule theCoreTakesNoLocks() {
    return CompositeArchRule
        .of(noMethods().that().areDeclaredInClassesThat().resideInAnyPackage(core()).should()
            .haveModifier(JavaModifier.SYNCHRONIZED))
        .and(noFields().that().areDeclaredInClassesThat().resideInAnyPackage(core()).should()
            .haveModifier(JavaModifier.VOLATILE));
  }

  ArchRule theClusterHasKnownRooms() {
    return classes().that().resideInAPackage(below("cluster"))
        .should().resideInAnyPackage(rooms(Stream.concat(FEATURES.stream(), GROUND.stream()).toList()));
  }

  ArchRule featuresDoNotImportEachOther() {
    return slices().assignedFrom(features()).should().notDependOnEachOther();
  }

  ArchRule theGroundDoesNotImportFeatures() {
    return noClasses().that().resideInAnyPackage(rooms(GROUND)).should().dependOnClassesThat()
        .resideInAnyPackage(rooms(FEATURES));
  }

  ArchRule belowTheVerticlesNobodyKnowsVertx() {
    return noClasses().that().resideOutsideOfPackage(below("verticles"))
        .should().dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..");
  }

  ArchRule onlyTheEngineKnowsRocks() {
    return noClasses().that().resideOutsideOfPackage(below("engine")).should().dependOnClassesThat()
        .resideInAPackage("org.rocksdb..");
  }

  ArchRule onlyTheSystemClockReadsTime() {
    return noClasses().that().doNotHaveFullyQualifiedName(root + ".verticles.SystemClock")
        .should().accessTargetWhere(target("a clock", (owner, name) -> switch (owner) {
          case "java.lang.System" -> List.of("currentTimeMillis", "nanoTime").contains(name);
          case "java.time.Clock" -> name.startsWith("system");
          case "java.util.Date" -> name.equals("<init>");
          default -> owner.startsWith("java.time.") && name.equals("now");
        }));
  }

  ArchRule namesSayWhatThingsAre() {
    return noClasses().should().haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl|Processor|Leader|Master)");
  }

  ArchRule accessorsHaveNoPrefix() {
    return methods().that().arePublic().and(describe("are our own", this::isOurOwn)).should()
        .haveNameNotMatching("get[A-Z].*");
  }

  ArchRule nobodyShowsMutableState() {
    return fields().that().arePublic().should().beFinal().andShould().notHaveRawType(
        describe("an array", JavaClass::isArray));
  }

  ArchRule theOnlyMainIsTheCommandLine() {
    return noMethods().that().areStatic().and().areDeclaredInClassesThat()
        .doNotHaveFullyQualifiedName(root + ".verticles.cli.Main")
        .should().haveName("main");
  }

  private String below(String place) {
    return root + "." + place + "..";
  }

  private String[] core() {
    return new String[] {below("protocol"), below("cluster")};
  }

  private String[] rooms(List<String> names) {
    return names.stream().map(name -> below("cluster." + name)).toArray(String[]::new);
  }

  private SliceAssignment features() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return FEATURES.stream().filter(feature -> isBelow(type, "cluster." + feature)).findFirst()
            .map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
      }

      @Override
      public String getDescription() { return "the features of the cluster"; }
    };
  }

  private boolean isBelow(JavaClass type, String place) {
    return (type.getPackageName() + ".").startsWith(root + "." + place + ".");
  }

  private boolean isPureOrOfTheCore(JavaClass type) {
    var plain = type.getBaseComponentType();
    return isBelow(plain, "protocol") || isBelow(plain, "cluster") || plain.isPrimitive()
        || PURE_CLASSES.contains(plain.getName())
        || PURE_PACKAGES.contains(plain.getPackageName()) && !IMPURE_CLASSES.contains(plain.getName());
  }

  /** Neither the component of a record nor anything that a supertype from outside asks for. */
  private boolean isOurOwn(JavaMethod method) {
    return Stream
        .concat(method.getOwner().getAllRawSuperclasses().stream(), method.getOwner().getAllRawInterfaces().stream())
        .filter(above -> !above.getName().startsWith(root + "."))
        .noneMatch(above -> above.getMethods().stream().anyMatch(asked -> asked.getName().equals(method.getName())));
  }

  /** An access, a method reference included, to what {@code matches} finds by the name of its class and its own. */
  private static DescribedPredicate<JavaAccess<?>> target(String what, BiPredicate<String, String> matches) {
    return describe(what, access -> matches.test(access.getTargetOwner().getName(), access.getTarget().getName()));
  }
}
