package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java block of the documentation compiles against what is shipped. A guide whose module has
 * a test that names it is left to that one.
 */
@Tag("long")
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path classes;

  private record Block(Path page, int line, String code) {}

  @TestFactory
  Stream<DynamicTest> javaBlocksCompile() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      blocks.addAll(blocks(page));
    }
    assertFalse(blocks.isEmpty(), "no Java block found below " + ROOT);
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(block.page()) + ":" + block.line(), () -> compile(block)));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !testedByItsModule(file))
          .sorted()
          .toList();
    }
  }

  /** Whether a test of its module, or of one that is above it, compiles it. */
  private static boolean testedByItsModule(Path page) {
    if (page.getParent().equals(ROOT)) {
      return false;
    }
    String fromOutside = "/" + page.getParent().getFileName() + "/README.md\"";
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/test/"))
          .anyMatch(
              file -> {
                String test = readString(file);
                return test.contains(fromOutside)
                    || (file.startsWith(page.getParent()) && test.contains("\"README.md\""));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readString(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Block> blocks(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    StringBuilder code = null;
    int start = 0;
    int number = 0;
    for (String line : Files.readAllLines(page)) {
      number++;
      if (code == null && line.strip().equals("```java")) {
        code = new StringBuilder();
        start = number;
      } else if (code != null && line.strip().equals("```")) {
        blocks.add(new Block(page, start, code.toString()));
        code = null;
      } else if (code != null) {
        code.append(line).append('\n');
      }
    }
    return blocks;
  }

  /** A block is a whole type, or statements with imports before them. */
  private static String source(String code, String name) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (String line : code.split("\n", -1)) {
      (line.startsWith("import ") ? imports : body).append(line).append('\n');
    }
    String rest = body.toString();
    boolean type =
        rest.lines()
            .anyMatch(
                l -> l.matches("(public |final |abstract )*(class|interface|record|enum) .*"));
    return imports
        + "class "
        + name
        + " {\n"
        + (type
            ? rest.replaceAll("(?m)^(public |final )*(class|interface|record|enum) ", "static $2 ")
            : "static void block() throws Exception {\n" + rest + "}\n")
        + "}\n";
  }

  private void compile(Block block) {
    String name = "Block" + block.line();
    String source = source(block.code(), name);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "--release",
            "17",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    compiler.getTask(null, null, problems, options, null, List.of(file)).call();
    String errors =
        problems.getDiagnostics().stream()
            .filter(d -> d.getKind() == javax.tools.Diagnostic.Kind.ERROR)
            .map(d -> d.getMessage(Locale.ROOT) + " in line " + d.getLineNumber() + "\n")
            .reduce("", String::concat);
    assertEquals("", errors, source);
  }
}
