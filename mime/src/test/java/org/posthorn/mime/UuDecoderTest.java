package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UuDecoderTest {

  @Test
  void decodesBetweenBeginAndEnd() {
    byte[] encoded =
        "text\nbegin 644 cat.txt\n#0V%T\n`\nend\nmore\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "Cat", new String(Codecs.convert(new UuDecoder(), encoded), StandardCharsets.US_ASCII));
  }

  @Property
  void decodesAnything(@ForAll byte[] octets, @ForAll long seed) {
    byte[] encoded = new byte[octets.length + 10];
    System.arraycopy("begin 6 x\n".getBytes(StandardCharsets.US_ASCII), 0, encoded, 0, 10);
    System.arraycopy(octets, 0, encoded, 10, octets.length);
    assertArrayEquals(
        Codecs.convert(new UuDecoder(), encoded),
        Codecs.convertInPieces(new UuDecoder(), encoded, seed));
  }
}
