package org.posthorn.protocol.stringprep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The texts of RFCs, in the folder that POSTHORN_RFC names, else in {@code ../shared/rfc} beside
 * the project; tests that need one are skipped where it is not.
 */
final class RfcTexts {
  private RfcTexts() {}

  static Path of(int number) {
    Path text = folder().resolve("rfc" + number + ".txt");
    assumeTrue(Files.exists(text), "no texts of RFCs here: set POSTHORN_RFC to their folder");
    return text;
  }

  private static Path folder() {
    String configured = System.getenv("POSTHORN_RFC");
    if (configured != null) {
      return Path.of(configured);
    }
    Path project = Path.of("").toAbsolutePath();
    while (project.getParent() != null && Files.exists(project.resolveSibling("pom.xml"))) {
      project = project.getParent();
    }
    return project.resolveSibling("shared").resolve("rfc");
  }
}
