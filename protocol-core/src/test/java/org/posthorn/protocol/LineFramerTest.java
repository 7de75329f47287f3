package org.posthorn.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineFramerTest {
  private static final int LIMIT = 12;

  private static List<String> frame(String input, int piece) {
    LineFramer framer = new LineFramer(LIMIT);
    List<String> found = new ArrayList<>();
    byte[] octets = input.getBytes(ISO_8859_1);
    for (int from = 0; from < octets.length; from += piece) {
      ByteBuffer in = ByteBuffer.wrap(octets, from, Math.min(piece, octets.length - from));
      while (in.hasRemaining()) {
        switch (framer.next(in)) {
          case LINE -> found.add(ISO_8859_1.decode(framer.line()).toString());
          case TOO_LONG -> found.add("<too long>");
          case NOTHING -> assertFalse(in.hasRemaining());
        }
      }
    }
    return found;
  }

  @Test
  void linesEndInCrlf() {
    assertEquals(List.of("a", "", "bc"), frame("a\r\n\r\nbc\r\nrest", 100));
  }

  @Test
  void aLoneCrOrLfIsAnOctetOfItsLine() {
    assertEquals(List.of("a\nb\rc", "\r", "\n\r"), frame("a\nb\rc\r\n\r\r\n\n\r\r\n", 100));
  }

  @Test
  void aLineOfExactlyTheLimitPasses() {
    assertEquals(List.of("0123456789"), frame("0123456789\r\n", 100));
    assertEquals(List.of("<too long>", "a"), frame("0123456789x\r\na\r\n", 100));
  }

  @Test
  void anEndlessLineIsNotKept() {
    LineFramer framer = new LineFramer(LIMIT);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(LineFramer.Found.NOTHING, framer.next(ByteBuffer.wrap(new byte[10_000])));
    }
    assertTrue(framer.partial());
    ByteBuffer end = ByteBuffer.wrap("\r\nb\r\n".getBytes(ISO_8859_1));
    assertEquals(LineFramer.Found.TOO_LONG, framer.next(end));
    assertThrows(IllegalStateException.class, framer::line);
    assertEquals(LineFramer.Found.LINE, framer.next(end));
    assertFalse(framer.partial());
  }

  @Test
  void resetForgetsALineBegun() {
    LineFramer framer = new LineFramer(LIMIT);
    framer.next(ByteBuffer.wrap("abc\r".getBytes(ISO_8859_1)));
    framer.reset();
    ByteBuffer rest = ByteBuffer.wrap("\nd\r\n".getBytes(ISO_8859_1));
    assertEquals(LineFramer.Found.LINE, framer.next(rest));
    assertEquals("\nd", ISO_8859_1.decode(framer.line()).toString());
  }

  @Property
  void everyCutGivesTheSameLines(
      @ForAll("input") String input, @ForAll @IntRange(min = 1, max = 9) int piece) {
    List<String> expected = new ArrayList<>();
    String rest = input;
    for (int end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
      expected.add(end + 2 > LIMIT ? "<too long>" : rest.substring(0, end));
      rest = rest.substring(end + 2);
    }
    assertEquals(expected, frame(input, piece));
    assertEquals(expected, frame(input, input.length() + 1));
  }

  @Provide
  Arbitrary<String> input() {
    return Arbitraries.strings().withChars("ab\r\n\u0000\u00ff").ofMaxLength(80);
  }
}
