package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.james.mime4j.MimeException;
import org.junit.jupiter.api.Test;

/**
 * Every message of the real corpus has the structure that mime4j sees, but for those that the
 * golden file names and explains.
 */
class Mime4jComparisonTest {

  @Test
  void structuresAgree() throws IOException, MimeException {
    assumeTrue(Corpus.isPresent(), "no corpus at " + Corpus.root());
    NavigableSet<String> different = new TreeSet<>();
    int count = 0;
    for (Corpus.Message message : Corpus.messages()) {
      byte[] octets = message.octets();
      if (!Mime4jTree.theirs(octets).equals(Mime4jTree.ours(octets))) {
        different.add(message.name());
      }
      count++;
    }
    assertTrue(count > 1000, "only " + count + " messages");
    assertEquals(
        String.join("\n", Golden.names("mime4j-differences.txt")), String.join("\n", different));
  }
}
