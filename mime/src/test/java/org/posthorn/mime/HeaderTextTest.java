package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain text, plain text",
        "=?utf-8?q?J=C3=BCrgen?=, J\u00fcrgen",
        "=?UTF-8?B?SsO8cmdlbg==?=, J\u00fcrgen",
        "=?iso-8859-1*en?Q?a_b?= tail, a b tail",
        "=?utf-8?q?a?= =?utf-8?q?b?=, ab",
        "=?utf-8?q?a?=  =?iso-8859-1?q?=E9?=, a\u00e9",
        "=?utf-8?q?=C3?= =?utf-8?q?=BC?=, \u00fc",
        "=?utf-8?b?w?= =?utf-8?b?7w=?=, \ufffd",
        "=?utf-8?q?a?= b =?utf-8?q?c?=, a b c",
        "(=?utf-8?q?a?=), (a)",
        "x=?utf-8?q?a?=y, xay",
        "=?utf-8?q?with space?=, with space",
        "=?none-such?q?a?=, =?none-such?q?a?=",
        "=?utf-8?x?a?=, =?utf-8?x?a?=",
        "=?utf-8?q?open, =?utf-8?q?open",
        "=?utf-8?q?open =?utf-8?q?closed?=, =?utf-8?q?open closed",
        "=?utf-8?q??=, ``",
        "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=, \u65e5\u672c",
        "a = b ? c, a = b ? c",
        "=?, =?",
        "=?a?q?, =?a?q?",
      })
  void decodes(String value, String expected) {
    assertEquals(expected, HeaderText.decode(Octets.ascii(value)));
  }

  @Test
  void unfolds() {
    Octets folded = Octets.ascii(" a\r\n b\r\n\tc \r\n");
    assertEquals("a b\tc", HeaderText.unfold(folded).asAscii());
    assertEquals("ab", HeaderText.unfold(Octets.ascii("a\r\u0000b")).asAscii());
  }

  @Test
  void rawOctetsAreUtf8OrElseWindows1252() {
    assertEquals("\u00fc", HeaderText.decode(Octets.utf8("\u00fc")));
    byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("caf\u00e9", HeaderText.decode(Octets.of(latin)));
  }

  @Property
  void anythingCanBeRead(@ForAll byte[] octets) {
    assertTrue(HeaderText.decode(Octets.of(octets)).length() <= octets.length);
  }

  @Test
  void timeGrowsWithTheLengthOnly() {
    for (String piece :
        new String[] {"=?", "=?a?q?", "=?utf-8?q?x ", "=?utf-8?q?a?b", "=?utf-8?q?=", "?="}) {
      Octets value = Octets.ascii(piece.repeat(300_000));
      assertTimeout(Duration.ofSeconds(5), () -> HeaderText.decode(value), piece);
    }
  }
}
