package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.BoundaryLine.Match;

class OpenBoundariesTest {
  private final OpenBoundaries open = new OpenBoundaries();

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private int find(String line) {
    byte[] octets = octets(line);
    return open.find(octets, 0, BoundaryLine.trimmedEnd(octets, 0, octets.length));
  }

  @Test
  void theInnermostOfManyThatTheLineIs() {
    for (int i = 0; i < 100; i++) {
      open.add(octets("level" + i % 50 + "x"), i);
    }
    assertEquals(57, find("--level7x\r\n"));
    assertFalse(open.foundClose());
    assertEquals(99, find("--level49x--\r\n"));
    assertTrue(open.foundClose());
    assertEquals(99, find("--level49x and text\r\n"));
    assertTrue(open.foundText());
    assertEquals(-1, find("--level50x\r\n"));
    for (int i = 0; i < 50; i++) {
      open.removeLast();
    }
    assertEquals(7, find("--level7x\r\n"));
  }

  @Test
  void aWholeLineBeforeABeginning() {
    for (String boundary : List.of("a b", "x1", "x2", "x3", "x4", "a")) {
      open.add(octets(boundary), open.isEmpty() ? 0 : 1);
    }
    assertEquals(0, find("--a b"));
    assertFalse(open.foundText());
  }

  /** As if each boundary were compared with the line. */
  @Property
  void asComparingEach(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> boundaries = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      byte[] boundary = octets(text(random, 1 + random.nextInt(3)));
      open.add(boundary, boundaries.size());
      boundaries.add(boundary);
    }
    byte[] line = octets("--" + text(random, 1 + random.nextInt(7)));
    int end = BoundaryLine.trimmedEnd(line, 0, line.length);
    int expected = -1;
    Match match = Match.NONE;
    for (int i = boundaries.size() - 1; i >= 0 && expected < 0; i--) {
      match = BoundaryLine.exact(boundaries.get(i), line, 0, end);
      expected = match == Match.NONE ? -1 : i;
    }
    boolean exact = expected >= 0;
    for (int i = boundaries.size() - 1; i >= 0 && expected < 0; i--) {
      match = BoundaryLine.prefix(boundaries.get(i), line, 0, end);
      expected = match == Match.NONE ? -1 : i;
    }
    if (end > 2) {
      assertEquals(expected, open.find(line, 0, end));
      assertEquals(match.closes(), open.foundClose());
      assertEquals(expected >= 0 && !exact, open.foundText());
    }
    open.clear();
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("a- b".charAt(random.nextInt(4)));
    }
    return text.toString();
  }
}
