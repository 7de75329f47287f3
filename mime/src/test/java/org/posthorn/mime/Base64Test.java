package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base64Test {

  @Property
  void encodesLikeTheJdk(@ForAll @Size(max = 400) byte[] octets, @ForAll long seed) {
    byte[] expected = Base64.getMimeEncoder().encode(octets);
    assertArrayEquals(expected, Codecs.convert(new Base64Encoder(), octets));
    assertArrayEquals(expected, Codecs.convertInPieces(new Base64Encoder(), octets, seed));
  }

  @Property
  void decodesWhatTheJdkEncodes(@ForAll @Size(max = 400) byte[] octets, @ForAll long seed) {
    byte[] encoded = Base64.getMimeEncoder().encode(octets);
    assertArrayEquals(octets, Codecs.convert(new Base64Decoder(), encoded));
    assertArrayEquals(octets, Codecs.convertInPieces(new Base64Decoder(), encoded, seed));
  }

  @Property
  void decodesAnything(@ForAll byte[] octets, @ForAll long seed) {
    assertArrayEquals(
        Codecs.convert(new Base64Decoder(), octets),
        Codecs.convertInPieces(new Base64Decoder(), octets, seed));
  }

  @ParameterizedTest
  @CsvSource({
    "YWJj, abc",
    "YWI=, ab",
    "YWI, ab",
    "YQ==, a",
    "YQ, a",
    "YQ==YmM=, abc",
    "Y W\tJ*j, abc",
    "YWJjZ, abc",
    "=YWJj, abc",
  })
  void isLenient(String encoded, String expected) {
    byte[] octets = encoded.getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        expected,
        new String(Codecs.convert(new Base64Decoder(), octets), StandardCharsets.US_ASCII));
  }
}
