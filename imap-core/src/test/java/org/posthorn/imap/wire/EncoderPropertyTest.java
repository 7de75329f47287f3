package org.posthorn.imap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.mime.Octets;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;

class EncoderPropertyTest {
  @Property
  void stringsComeBack(@ForAll byte[] octets) throws SyntaxException {
    String written = written(new ResponseEncoder().string(Octets.of(octets)));
    boolean nul = Octets.of(octets).indexOf((byte) 0) >= 0;
    if (nul) {
      assertTrue(written.startsWith("{"));
    } else {
      assertEquals(Octets.of(octets), reader(written).expectString());
    }
  }

  @Property
  void astringsComeBack(@ForAll("texts") String text) throws SyntaxException {
    Octets octets = Octets.ascii(text);
    CommandReader in = reader(written(new ResponseEncoder().astring(octets)));
    assertEquals(octets, in.expectAstring());
    in.expectEnd();
  }

  @Property
  void quotedStringsStayOnOneLine(@ForAll("texts") String text) {
    String written = written(new ResponseEncoder().string(Octets.ascii(text)));
    if (written.startsWith("\"")) {
      assertEquals(-1, written.indexOf('\n'));
      assertEquals(-1, written.indexOf('\r'));
    }
  }

  @Property
  void textNeverEndsALine(@ForAll String text) {
    String written = written(new ResponseEncoder().text(text));
    assertTrue(written.chars().allMatch(c -> c >= ' ' && c <= '~'), written);
    assertTrue(!written.isEmpty());
  }

  @Property
  void numbersComeBack(@ForAll long number) throws SyntaxException {
    if (number < 0) {
      assertThrows(IllegalArgumentException.class, () -> new ResponseEncoder().number(number));
    } else {
      String written = written(new ResponseEncoder().number(number));
      assertEquals(number, reader(written).expectNumber64());
    }
  }

  @Property
  void datesComeBack(@ForAll("times") OffsetDateTime time) throws SyntaxException {
    String written = written(new ResponseEncoder().dateTime(time));
    assertEquals(time, reader(written).expectDateTime());
    assertEquals(28, written.length());
  }

  @Property
  void wordsRefuseWhatEndsALine(@ForAll("controls") String text) {
    assertThrows(IllegalArgumentException.class, () -> new ResponseEncoder().words(text));
    assertThrows(IllegalArgumentException.class, () -> new ResponseEncoder().atom(text));
    assertThrows(
        IllegalArgumentException.class, () -> new ResponseEncoder().tagged(Octets.utf8(text)));
  }

  @Example
  void flags() {
    Flags flags = Flags.of(SystemFlag.SEEN).withKeyword("$Junk");
    assertEquals("(\\Seen $Junk)", written(new ResponseEncoder().flags(flags, false)));
    assertEquals("(\\Seen $Junk \\Recent)", written(new ResponseEncoder().flags(flags, true)));
    assertEquals("(\\Recent)", written(new ResponseEncoder().flags(Flags.NONE, true)));
    assertEquals("()", written(new ResponseEncoder().flags(Flags.NONE, false)));
  }

  @Example
  void choosesTheFormOfAString() {
    assertEquals("\"\"", written(new ResponseEncoder().string("")));
    assertEquals("\"a\\\"b\\\\c\"", written(new ResponseEncoder().string("a\"b\\c")));
    assertEquals("{2}\r\n\u00c3\u00a9", written(new ResponseEncoder().string("é")));
    assertEquals("{3}\r\na\nb", written(new ResponseEncoder().string("a\nb")));
    assertEquals("\"NIL\"", written(new ResponseEncoder().astring(Octets.ascii("NIL"))));
    assertEquals("NIL", written(new ResponseEncoder().nstring(null)));
    assertTrue(written(new ResponseEncoder().string("x".repeat(2_000))).startsWith("{2000}"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange((char) 1, (char) 127).ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> controls() {
    return Arbitraries.of("a\r\nb", "\n", "a\u0000", "é", "\u007f");
  }

  @Provide
  Arbitrary<OffsetDateTime> times() {
    return Arbitraries.longs()
        .between(-62_000_000_000L, 250_000_000_000L)
        .flatMap(
            second ->
                Arbitraries.integers()
                    .between(-12 * 60, 14 * 60)
                    .map(
                        minutes ->
                            OffsetDateTime.ofInstant(
                                Instant.ofEpochSecond(second),
                                ZoneOffset.ofTotalSeconds(minutes * 60))));
  }

  private static String written(ResponseEncoder encoder) {
    StringBuilder text = new StringBuilder();
    encoder.drainTo(octets -> text.append(StandardCharsets.ISO_8859_1.decode(octets)));
    return text.toString();
  }

  private static CommandReader reader(String written) {
    byte[] octets = written.getBytes(StandardCharsets.ISO_8859_1);
    return new CommandReader(octets, 0, octets.length);
  }
}
