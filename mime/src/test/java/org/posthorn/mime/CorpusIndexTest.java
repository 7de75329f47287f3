package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Indexes every message of the real corpus. */
class CorpusIndexTest {

  @Test
  void everyMessageHasAnIndexThatDoesNotDependOnChunks() throws IndexFormatException {
    assumeTrue(Corpus.isPresent(), "no corpus at " + Corpus.root());
    int count = 0;
    for (Corpus.Message message : Corpus.messages()) {
      byte[] octets = message.octets();
      MessageIndex index = MessageIndex.of(octets);
      assertEquals(octets.length, index.root().end(), message.name());
      MessageIndexer inPieces = new MessageIndexer();
      for (int at = 0; at < octets.length; at += 37) {
        inPieces.write(ByteBuffer.wrap(octets, at, Math.min(37, octets.length - at)));
      }
      byte[] stored = index.encode();
      assertArrayEquals(stored, inPieces.finish().encode(), message.name());
      assertTrue(stored.length < 512 + octets.length, message.name());
      check(MessageIndex.decode(stored).root(), octets, message.name());
      count++;
    }
    assertTrue(count > 1000, "only " + count + " messages");
  }

  private static void check(Part part, byte[] octets, String name) {
    for (Field field : part.fields()) {
      Octets written =
          Octets.of(octets, (int) field.start(), (int) field.start() + field.name().length());
      assertEquals(written, field.name(), name);
    }
    assertEquals(part.kind() == Part.Kind.SINGLE, part.children().isEmpty(), name);
    part.children().forEach(child -> check(child, octets, name));
  }
}
