package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class YencDecoderTest {

  /** As a poster writes it: the critical octets escaped, lines of 128. */
  static byte[] encode(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "before\r\n=ybegin line=128 size=9 name=a.bin\r\n".getBytes(StandardCharsets.US_ASCII));
    int column = 0;
    for (byte octet : content) {
      int coded = (octet + 42) & 0xff;
      if (coded == 0 || coded == '\r' || coded == '\n' || coded == '=') {
        out.write('=');
        coded = (coded + 64) & 0xff;
      }
      out.write(coded);
      if (++column == 128) {
        out.writeBytes(new byte[] {'\r', '\n'});
        column = 0;
      }
    }
    out.writeBytes("\r\n=yend size=9\r\nafter\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Property
  void anyContentComesBack(@ForAll byte[] content, @ForAll long seed) {
    byte[] encoded = encode(content);
    assertArrayEquals(content, Codecs.convert(new YencDecoder(), encoded));
    assertArrayEquals(content, Codecs.convertInPieces(new YencDecoder(), encoded, seed));
  }

  @Property
  void arbitraryOctetsEnd(@ForAll byte[] octets, @ForAll long seed) {
    assertArrayEquals(
        Codecs.convert(new YencDecoder(), octets),
        Codecs.convertInPieces(new YencDecoder(), octets, seed));
  }
}
