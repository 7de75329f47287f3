package org.posthorn.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DotStufferTest {
  private static String stuffed(String message, int slice) {
    DotStuffer stuffer = new DotStuffer();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] octets = message.getBytes(ISO_8859_1);
    for (int from = 0; from < octets.length; from += slice) {
      byte[] piece = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + slice));
      stuffer.take(piece, piece.length);
      out.write(stuffer.octets(), 0, stuffer.length());
    }
    stuffer.end();
    out.write(stuffer.octets(), 0, stuffer.length());
    return out.toString(ISO_8859_1);
  }

  @Example
  void dotsAtLineStartsAreDoubled() {
    assertEquals("..\r\n..a\r\nb.\r\n", stuffed(".\r\n.a\r\nb.\r\n", 100));
    assertEquals("a\n.b\r\n", stuffed("a\n.b", 100));
    assertEquals("", stuffed("", 1));
  }

  /** A client that takes the dots away again has the message, its last line completed. */
  @Property
  void everySliceGivesWhatTheClientUndoes(
      @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 12) int slice) {
    String whole = stuffed(message, message.length() + 1);
    assertEquals(whole, stuffed(message, slice));
    String undone = ("\r\n" + whole).replace("\r\n.", "\r\n").substring(2);
    String completed = message.isEmpty() || message.endsWith("\r\n") ? message : message + "\r\n";
    assertEquals(completed, undone);
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.strings().withChars(".\r\na").ofMaxLength(60);
  }
}
