package org.posthorn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ByteScanTest {
  private static int slow(byte[] in, int from, int to, byte octet) {
    for (int i = from; i < to; i++) {
      if (in[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void findsEveryOctetAmongAllOctetsAtEveryPlace() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    for (int i = 0; i < all.length; i++) {
      for (int from = 0; from < 17; from++) {
        assertEquals(slow(all, from, 256, (byte) i), ByteScan.indexOf(all, from, 256, (byte) i));
      }
    }
  }

  @Property
  void agreesWithTheSlowSearch(
      @ForAll @Size(max = 40) byte[] in, @ForAll byte octet, @ForAll @IntRange(max = 9) int from) {
    int start = Math.min(from, in.length);
    int expected = slow(in, start, in.length, octet);
    assertEquals(expected, ByteScan.indexOf(in, start, in.length, octet));
    for (ByteBuffer buffer :
        new ByteBuffer[] {ByteBuffer.wrap(in), ByteBuffer.allocateDirect(in.length).put(0, in)}) {
      buffer.position(start);
      assertEquals(expected, ByteScan.indexOf(buffer, octet));
      assertEquals(expected, ByteScan.indexOf(buffer.order(ByteOrder.LITTLE_ENDIAN), octet));
    }
  }

  @Test
  void slicesHaveIndexesOfTheirOwn() {
    ByteBuffer slice = ByteBuffer.wrap(new byte[] {9, 9, 9, 1, 2, 3}).slice(2, 4);
    assertEquals(2, ByteScan.indexOf(slice, (byte) 2));
    assertEquals(-1, ByteScan.indexOf(slice, (byte) 7));
  }

  @Property
  void countsAndFindsLineEndsAsTheSlowSearchDoes(
      @ForAll @Size(max = 40) byte[] in,
      @ForAll byte octet,
      @ForAll byte stop,
      @ForAll @IntRange(max = 8) int from) {
    int start = Math.min(from, in.length);
    int count = 0;
    int lineEnd = -1;
    for (int i = in.length - 1; i >= start; i--) {
      count = in[i] == stop ? 0 : count + (in[i] == octet ? 1 : 0);
      lineEnd = in[i] >= 8 && in[i] <= 15 ? i : lineEnd;
    }
    assertEquals(count, ByteScan.countBefore(in, start, in.length, octet, stop));
    assertEquals(lineEnd, ByteScan.indexOfLineEnd(in, start, in.length));
  }
}
