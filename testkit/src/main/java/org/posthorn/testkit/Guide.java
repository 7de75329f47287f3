package org.posthorn.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the code in a guide true: it must stand in a source file that is compiled and, better, run.
 */
public final class Guide {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private Guide() {}

  /**
   * Checks every block of Java in a guide, of which there must be one.
   *
   * @param guide in Markdown
   * @param source has each block word for word; white space does not count
   */
  public static void check(Path guide, Path source) throws IOException {
    String compiled = squeezed(Files.readString(source));
    Matcher block = BLOCK.matcher(Files.readString(guide));
    assertTrue(block.find(), "no Java in " + guide);
    do {
      String code = block.group(1);
      assertTrue(compiled.contains(squeezed(code)), () -> "not in " + source + ":\n" + code);
    } while (block.find());
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
