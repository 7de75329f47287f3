package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every message of the real corpus has the structure that Angus Mail sees, but for those that the
 * golden file names and explains.
 */
class AngusComparisonTest {

  @Test
  void structuresAgree() throws IOException {
    assumeTrue(Corpus.isPresent(), "no corpus at " + Corpus.root());
    NavigableSet<String> different = new TreeSet<>();
    int count = 0;
    for (Corpus.Message message : Corpus.messages()) {
      byte[] octets = message.octets();
      if (!theirs(octets).equals(Mime4jTree.ours(octets))) {
        different.add(message.name());
      }
      count++;
    }
    assertTrue(count > 1000, "only " + count + " messages");
    assertEquals(
        String.join("\n", Golden.names("angus-differences.txt")), String.join("\n", different));
  }

  private static String theirs(byte[] message) throws IOException {
    try {
      return AngusTree.theirs(message);
    } catch (MessagingException e) {
      return "refused: " + e.getMessage();
    }
  }
}
