package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

class UidOctetsTest {
  private static UidSet every(int step, long first, int count) {
    UidSet.Builder uids = UidSet.builder();
    for (int i = 0; i < count; i++) {
      uids.add(first + (long) i * step);
    }
    return uids.build();
  }

  private static int octets(UidSet uids) throws StoreException {
    ByteBuffer encoded = UidOctets.encode(uids);
    assertEquals(uids, UidOctets.decode(encoded));
    return encoded.remaining();
  }

  @Test
  void allSetsComeBack() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      int step = 1 + random.nextInt(12);
      long first = 1 + (random.nextLong() & 0x7fffffff);
      UidSet uids = every(step, first, random.nextInt(2_000));
      assertTrue(octets(uids.minus(UidSet.range(first + 50, first + 90))) <= UidOctets.MOST);
    }
    octets(UidSet.EMPTY);
    octets(UidSet.range(1, UidSet.MAX_UID));
    octets(UidSet.of(1, UidSet.MAX_UID));
  }

  @Test
  void manyThatDoNotFollowOneAnotherTakeABitEach() throws Exception {
    assertTrue(octets(every(2, 1, 300_000)) < 76_000);
  }

  @Test
  void whatWasWrittenAsRangesIsRead() {
    UidSet uids = every(2, 1, 1_000);
    assertEquals(uids, UidOctets.decode(ByteBuffer.wrap(UidRangeCodec.encode(uids))));
  }

  @Test
  void whatIsTooMuchIsRefused() {
    StoreException refused =
        assertThrows(StoreException.class, () -> UidOctets.encode(every(200, 1, 60_000)));
    assertEquals(Code.LIMIT, refused.code());
  }
}
