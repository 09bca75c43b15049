package dev.torc.verticles;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java file as its reader meets it: what in it is larger than a room may be, line by line as the compiler's own parser sees it. */
record SourceFile(String name, String text) {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);
  static final int FILE_LINES = 300;
  static final int VERTICLE_LINES = 120;
  static final int METHOD_LINES = 40;

  /** Whatever is too large, each in a line that names it. */
  List<String> tooLarge() {
    var found = new ArrayList<String>();
    long lines = text.lines().count();
    if (lines > FILE_LINES) {
      found.add(name + ": " + lines + " lines");
    }
    var task = task();
    var positions = Trees.instance(task).getSourcePositions();
    for (var unit : parsed(task)) {
      new Rooms(unit, positions, found).scan(unit, null);
    }
    return found;
  }

  private JavacTask task() {
    var source = new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
    return (JavacTask) COMPILER.getTask(null, FILES, null, List.of("-proc:none"), null,
        List.of(source));
  }

  private static Iterable<? extends CompilationUnitTree> parsed(JavacTask task) {
    try {
      return task.parse();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private final class Rooms extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    private Rooms(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    /** From the return type on: the table of a test is an annotation, and may be long. A compact constructor has its body only. */
    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      var head = method.getReturnType() == null ? method.getBody() : method.getReturnType();
      long lines = line(positions.getEndPosition(unit, method)) - line(positions.getStartPosition(unit, head)) + 1;
      if (lines > METHOD_LINES) {
        found.add(place(method) + " " + method.getName() + "(): " + lines + " lines");
      }
      return super.visitMethod(method, nothing);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      var above = String.valueOf(type.getExtendsClause());
      long lines = text.lines().count();
      if (above.matches("(.*[.])?(VerticleBase|AbstractVerticle)") && lines > VERTICLE_LINES) {
        found.add(place(type) + " verticle " + type.getSimpleName() + ": " + lines + " lines");
      }
      return super.visitClass(type, nothing);
    }

    private String place(Tree tree) {
      return name + ":" + line(positions.getStartPosition(unit, tree));
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
