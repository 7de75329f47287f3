package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OctetsTest {

  private final Octets word = Octets.of("xSubjecty".getBytes(StandardCharsets.US_ASCII), 1, 8);

  @Test
  void slices() {
    assertEquals("Subject", word.asAscii());
    assertEquals("bj", word.slice(2, 4).asAscii());
    assertEquals("ject", word.slice(3).asAscii());
    assertSame(Octets.EMPTY, word.slice(3, 3));
    assertSame(word, word.slice(0));
    assertThrows(IndexOutOfBoundsException.class, () -> word.slice(1, 8));
    assertThrows(IndexOutOfBoundsException.class, () -> word.slice(3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> word.at(7));
    assertThrows(IndexOutOfBoundsException.class, () -> word.at(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.of(new byte[2], 1, 3));
  }

  @Test
  void searches() {
    assertEquals('S', word.at(0));
    assertEquals(3, word.indexOf((byte) 'j'));
    assertEquals(-1, word.indexOf((byte) 'y'));
    assertEquals(-1, word.indexOf((byte) 'S', 1));
  }

  @Test
  void comparesWithoutCase() {
    assertTrue(word.equalsIgnoreCase("sUBJECT"));
    assertTrue(word.equalsIgnoreCase(Octets.ascii("SUBJECT")));
    assertFalse(word.equalsIgnoreCase("subjec"));
    assertTrue(word.startsWithIgnoreCase("sub"));
    assertFalse(word.startsWithIgnoreCase("subjects"));
    assertFalse(Octets.ascii("@").equalsIgnoreCase("`"));
    assertEquals("subject", word.toLowerCase().asAscii());
  }

  @Test
  void copies() {
    byte[] target = new byte[9];
    word.copyTo(target, 1);
    assertEquals('S', target[1]);
    ByteBuffer buffer = ByteBuffer.allocate(7);
    word.copyTo(buffer);
    assertArrayEquals(word.toByteArray(), buffer.array());
    assertTrue(word.asBuffer().isReadOnly());
    assertEquals(word, Octets.copyOf(word.asBuffer()));
  }

  @Test
  void refusesWhatIsNotAscii() {
    assertThrows(IllegalArgumentException.class, () -> Octets.ascii("\u00fc"));
    assertEquals("\u00fc", Octets.utf8("\u00fc").asUtf8());
  }

  @Property
  void equalityFollowsContent(@ForAll byte[] a, @ForAll byte[] b) {
    Octets x = Octets.of(a);
    Octets y = Octets.of(b);
    assertEquals(Arrays.equals(a, b), x.equals(y));
    assertEquals(Integer.signum(Arrays.compareUnsigned(a, b)), Integer.signum(x.compareTo(y)));
    byte[] shifted = new byte[a.length + 2];
    System.arraycopy(a, 0, shifted, 1, a.length);
    Octets same = Octets.of(shifted, 1, a.length + 1);
    assertEquals(x, same);
    assertEquals(x.hashCode(), same.hashCode());
    assertNotEquals(x, Octets.of(shifted));
  }
}
