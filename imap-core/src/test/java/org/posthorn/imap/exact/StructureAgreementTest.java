package org.posthorn.imap.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthorn.testkit.Corpus;
import org.posthorn.testkit.GeneratedMail;
import org.posthorn.testkit.MailGenerator;

/**
 * ENVELOPE and BODYSTRUCTURE as FETCH gives them say of every message what Angus Mail and mime4j
 * say of it: each field of the envelope, each address, and of each part its type, parameters, id,
 * description, encoding, size, lines, MD5, disposition, language and location. Where one of them
 * says something else the golden file names the message, the parser and the fact, and explains it.
 */
@Tag("long")
class StructureAgreementTest {

  @Test
  void realMail() throws IOException {
    assumeTrue(Corpus.isPresent(), Corpus.ABSENT);
    NavigableSet<String> different = new TreeSet<>();
    int[] count = {0};
    try (Fetched server = new Fetched()) {
      Corpus.forEach(
          1,
          message -> {
            compare(server, message.name(), message.lines(), different);
            count[0]++;
          });
    }
    assertTrue(count[0] > 1_000, () -> "only " + count[0] + " messages");
    assertEquals(golden("corpus-differences.txt"), String.join("\n", different));
  }

  @Test
  void generatedMail() throws IOException {
    NavigableSet<String> different = new TreeSet<>();
    try (Fetched server = new Fetched()) {
      for (GeneratedMail mail : new MailGenerator(1).first(426)) {
        if (mail.size() > 0) {
          compare(server, mail.name(), mail.octets(), different);
        }
      }
    }
    assertEquals(golden("generated-differences.txt"), String.join("\n", different));
  }

  private static void compare(
      Fetched server, String name, byte[] message, NavigableSet<String> different) {
    try {
      List<Facts> ours = server.facts(message);
      Facts angus = AngusFacts.of(message);
      Facts mime4j = Mime4jFacts.of(message);
      differences(name + " Angus", ours, angus, different);
      differences(name + " mime4j", ours, mime4j, different);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static void differences(
      String prefix, List<Facts> readings, Facts theirs, NavigableSet<String> different) {
    NavigableSet<String> facts =
        readings.stream()
            .map(ours -> ours.differences(theirs))
            .min(Comparator.comparing(NavigableSet::size))
            .orElseThrow();
    for (String fact : facts) {
      different.add(prefix + " " + fact);
    }
  }

  /** The lines that are neither blank nor explanation, sorted. */
  private static String golden(String file) throws IOException {
    InputStream resource =
        Objects.requireNonNull(StructureAgreementTest.class.getResourceAsStream(file));
    NavigableSet<String> lines = new TreeSet<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(lines::add);
    }
    return String.join("\n", lines);
  }
}
