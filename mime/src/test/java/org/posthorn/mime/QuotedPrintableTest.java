package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedPrintableTest {

  @Provide
  Arbitrary<byte[]> texts() {
    return Arbitraries.of(
            "a", "=", " ", "\t", "\r\n", "\r", "\n", "\u00e9", "=3D", "=4", "x".repeat(70), ".")
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Property
  void textComesBack(@ForAll("texts") byte[] octets, @ForAll long seed) {
    byte[] encoded = Codecs.convert(QuotedPrintableEncoder.ofText(), octets);
    assertArrayEquals(
        encoded, Codecs.convertInPieces(QuotedPrintableEncoder.ofText(), octets, seed));
    checkForm(encoded);
    assertArrayEquals(octets, Codecs.convert(new QuotedPrintableDecoder(), encoded));
    assertArrayEquals(octets, Codecs.convertInPieces(new QuotedPrintableDecoder(), encoded, seed));
  }

  @Property
  void binaryComesBack(@ForAll byte[] octets) {
    byte[] encoded = Codecs.convert(QuotedPrintableEncoder.ofBinary(), octets);
    checkForm(encoded);
    assertArrayEquals(octets, Codecs.convert(new QuotedPrintableDecoder(), encoded));
  }

  private static void checkForm(byte[] encoded) {
    String text = new String(encoded, StandardCharsets.ISO_8859_1);
    for (String line : text.split("\r\n", -1)) {
      assertTrue(line.length() <= 76, line);
      assertTrue(!line.endsWith(" ") && !line.endsWith("\t"), line);
      assertTrue(line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127)), line);
    }
  }

  @Property
  void piecesDoNotMatter(@ForAll("texts") byte[] octets, @ForAll long seed) {
    assertArrayEquals(
        Codecs.convert(new QuotedPrintableDecoder(), octets),
        Codecs.convertInPieces(new QuotedPrintableDecoder(), octets, seed));
  }

  @Property
  void decodesAnything(@ForAll byte[] octets, @ForAll long seed) {
    assertArrayEquals(
        Codecs.convert(new QuotedPrintableDecoder(), octets),
        Codecs.convertInPieces(new QuotedPrintableDecoder(), octets, seed));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a=3Db, a=b",
        "a=3db, a=b",
        "a=\\nb, ab",
        "a=\\r\\nb, ab",
        "a= \\r\\nb, ab",
        "a \\r\\nb, a\\r\\nb",
        "a  b, a  b",
        "a=zb, a=zb",
        "a=4, a=4",
        "a=, a",
        "a==3D, a==",
        "`a= b`, `a= b`",
      })
  void isLenient(String encoded, String expected) {
    byte[] octets = unescape(encoded).getBytes(StandardCharsets.US_ASCII);
    String decoded =
        new String(Codecs.convert(new QuotedPrintableDecoder(), octets), StandardCharsets.US_ASCII);
    assertEquals(unescape(expected), decoded);
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  @Test
  void veryLongWhiteSpaceIsContent() {
    byte[] octets = ("a" + " ".repeat(2000) + "b").getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(octets, Codecs.convertInPieces(new QuotedPrintableDecoder(), octets, 1));
  }
}
