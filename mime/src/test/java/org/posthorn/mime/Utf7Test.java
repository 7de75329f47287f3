package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.Charset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf7Test {

  private static String read(String text) {
    Charset charset = Charsets.find("UTF-7");
    assertNotNull(charset);
    return Octets.ascii(text).asString(charset);
  }

  @Test
  void examplesOfRfc2152() {
    assertEquals("A\u2262\u0391.", read("A+ImIDkQ."));
    assertEquals("Hi Mom -\u263a-!", read("Hi Mom -+Jjo--!"));
    assertEquals("\u65e5\u672c\u8a9e", read("+ZeVnLIqe-"));
    assertEquals("1 + 1", read("1 +- 1"));
  }

  @Test
  void surrogatesAndUnfinishedRuns() {
    assertEquals("\ud83d\ude00x", read("+2D3eAA-x"));
    assertEquals("\u65e5", read("+ZeU"));
    assertEquals("+ x".substring(1), read("+ x"));
  }

  @Property
  void anySplitGivesTheSameText(@ForAll @IntRange(min = 1, max = 9) int piece) {
    Charset charset = Charsets.find("unicode-1-1-utf-7");
    assertNotNull(charset);
    byte[] octets = Octets.ascii("a+ZeVnLIqe-b +- c+2D3eAA-").toByteArray();
    String text = Codecs.text(new TextDecoder(new PlainCodec(), charset), octets, piece);
    assertEquals("a\u65e5\u672c\u8a9eb + c\ud83d\ude00", text);
  }
}
