package dev.torc.verticles;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small rooms: files, methods and verticles that a reader takes in at a glance, in packages that say what is in them. */
class SourceSizeTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> MODULES = List.of("protocol", "cluster", "engine", "verticles", "compat-tests");

  @Test
  void noRoomIsTooLarge() throws IOException {
    var tooLarge = new ArrayList<String>();
    for (var file : javaFiles("src")) {
      tooLarge.addAll(new SourceFile(PROJECT.relativize(file).toString(), Files.readString(file)).tooLarge());
    }
    assertThat(tooLarge).isEmpty();
  }

  @Test
  void everyPackageSaysEachOfItsTypes() throws IOException {
    var unsaid = new ArrayList<String>();
    for (var file : javaFiles("src/main")) {
      var description = file.resolveSibling("package-info.java");
      var name = file.getFileName().toString().replace(".java", "");
      if (!Files.exists(description) || !Files.readString(description).matches("(?s).*\\b" + name + "\\b.*")) {
        unsaid.add(PROJECT.relativize(file).toString());
      }
    }
    unsaid.removeIf(path -> path.endsWith("package-info.java"));
    assertThat(unsaid).as("types that their package-info does not name").isEmpty();
  }

  @Test
  void aFileOfThreeHundredLinesIsTheLargest() {
    assertThat(tooLarge(lines(299) + "class A {}")).isEmpty();
    assertThat(tooLarge(lines(300) + "class A {}")).containsExactly("A.java: 301 lines");
  }

  @Test
  void aMethodOfFortyLinesIsTheLargest() {
    assertThat(tooLarge("class A {\n  void small() {\n" + lines(38) + "  }\n}")).isEmpty();
    assertThat(tooLarge("class A {\n  void large() {\n" + lines(39) + "  }\n}"))
        .containsExactly("A.java:2 large(): 41 lines");
  }

  @Test
  void aConstructorAndAMethodOfAnInnerTypeAreMethodsToo() {
    assertThat(tooLarge("class A {\n  A() {\n" + lines(39) + "  }\n}")).containsExactly("A.java:2 <init>(): 41 lines");
    assertThat(tooLarge("interface A {\n  record B() {\n    void in() {\n" + lines(39) + "  }\n}}"))
        .containsExactly("A.java:3 in(): 41 lines");
  }

  @Test
  void whatIsSaidOfAMethodIsNotPartOfIt() {
    assertThat(tooLarge("class A {\n  /**\n" + lines(50) + "*/\n  void small() {\n" + lines(30) + "  }\n}")).isEmpty();
  }

  @Test
  void aVerticleOfAHundredAndTwentyLinesIsTheLargest() {
    assertThat(tooLarge("class A extends VerticleBase {\n" + lines(118) + "}")).isEmpty();
    assertThat(tooLarge("class A extends VerticleBase {\n" + lines(119) + "}"))
        .containsExactly("A.java:1 verticle A: 121 lines");
    assertThat(tooLarge("class A extends io.vertx.core.AbstractVerticle {\n" + lines(119) + "}")).hasSize(1);
  }

  private static List<String> tooLarge(String text) {
    return new SourceFile("A.java", text).tooLarge();
  }

  private static String lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "\n").collect(joining());
  }

  private static List<Path> javaFiles(String below) throws IOException {
    var found = new ArrayList<Path>();
    for (var module : MODULES) {
      var directory = PROJECT.resolve(module).resolve(below);
      if (Files.isDirectory(directory)) {
        try (var files = Files.walk(directory)) {
          files.filter(isJava()).forEach(found::add);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found;
  }

  private static Predicate<Path> isJava() { return file -> file.toString().endsWith(".java"); }
}
