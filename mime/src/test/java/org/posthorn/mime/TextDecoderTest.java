package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {

  private static String decode(String header, byte[] body, int piece) {
    Part part = Structure.index(header + "\n\n").root();
    return Codecs.text(DecodedContent.text(part), body, piece);
  }

  @Test
  void undoesEncodingAndCharset() {
    byte[] body = "5Y+w5YyX\r\n".getBytes(StandardCharsets.US_ASCII);
    String header = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64";
    assertEquals("\u53f0\u5317", decode(header, body, 1));
    byte[] quoted = "caf=E9=\r\n!".getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        "caf\u00e9!",
        decode(
            "Content-Type: text/plain; charset=\"ISO-8859-1\"\nContent-Transfer-Encoding: Quoted-Printable",
            quoted,
            2));
  }

  @Test
  void unlabelledTextIsUtf8OrElseWindows1252() {
    byte[] mixed = {'a', (byte) 0xc3, (byte) 0xbc, (byte) 0x93, (byte) 0xe9, 'z'};
    assertEquals("a\u00fc\u201c\u00e9z", decode("Subject: x", mixed, 1));
    assertEquals(
        "a\u00fc\u201c\u00e9z", decode("Content-Type: text/plain; charset=default", mixed, 4));
  }

  @Test
  void malformedIsReplaced() {
    byte[] cut = {'a', (byte) 0xc3, 'b', (byte) 0xe2, (byte) 0x82};
    assertEquals("a\ufffdb\ufffd\ufffd", decode("Content-Type: text/plain; charset=utf-8", cut, 1));
  }

  @Property
  void piecesDoNotMatter(@ForAll byte[] octets, @ForAll @IntRange(min = 1, max = 9) int piece) {
    for (String charset : new String[] {"utf-8", "us-ascii", "iso-2022-jp", "gb18030", "utf-16"}) {
      String header = "Content-Type: text/plain; charset=" + charset;
      assertEquals(decode(header, octets, 5000), decode(header, octets, piece), charset);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "utf8, UTF-8",
    "'\"UTF-8\"', UTF-8",
    "ISO-8859-1, windows-1252",
    "x-windows-1251, windows-1251",
    "cp-1250, windows-1250",
    "iso8859_15, ISO-8859-15",
    "KS_C_5601-1987, x-windows-949",
    "GB2312, GBK",
    "koi8-r, KOI8-R",
  })
  void labels(String label, String expected) {
    assertEquals(Charset.forName(expected), Charsets.find(label));
  }

  @Test
  void everyCharsetOfTheJdkIsFoundByItsName() {
    Charset.availableCharsets().keySet().forEach(name -> assertNotNull(Charsets.find(name), name));
    assertNull(Charsets.find("no such charset"));
    assertNull(Charsets.find(""));
    assertNull(Charsets.find("x-".repeat(100)));
  }
}
