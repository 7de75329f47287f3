package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.support.UidRangeCodec;

/** Sets of UIDs in a column: as ranges, or bit by bit where that is shorter. */
final class UidOctets {
  /** The most that one set may take, as a batch may have two. */
  static final int MOST = 80 << 10;

  /** No set of ranges begins so, as no UID is 0. */
  private static final byte BITS = 0;

  private static final int BITS_HEAD = 1 + Long.BYTES;

  private UidOctets() {}

  /**
   * For {@link #decode}.
   *
   * @throws StoreException LIMIT where the UIDs are too many and too far apart
   */
  static ByteBuffer encode(UidSet uids) throws StoreException {
    byte[] ranges = UidRangeCodec.encode(uids);
    long bits = uids.isEmpty() ? 0 : uids.last() - uids.first() + 1;
    if (ranges.length <= Math.min(MOST, BITS_HEAD + bits / 8)) {
      return ByteBuffer.wrap(ranges);
    }
    if (BITS_HEAD + bits / 8 >= MOST) {
      throw new StoreException(Code.LIMIT, "too many messages that do not follow one another");
    }
    BitSet there = new BitSet((int) bits);
    for (int i = 0; i < uids.rangeCount(); i++) {
      there.set(
          (int) (uids.rangeFirst(i) - uids.first()), (int) (uids.rangeLast(i) - uids.first() + 1));
    }
    byte[] octets = there.toByteArray();
    return ByteBuffer.allocate(BITS_HEAD + octets.length)
        .put(BITS)
        .putLong(uids.first())
        .put(octets)
        .flip();
  }

  /** What {@link #encode} gave. */
  static UidSet decode(ByteBuffer stored) {
    ByteBuffer in = stored.duplicate();
    if (!in.hasRemaining() || in.get(in.position()) != BITS) {
      byte[] ranges = new byte[in.remaining()];
      in.get(ranges);
      return UidRangeCodec.decode(ranges);
    }
    in.get();
    long first = in.getLong();
    BitSet there = BitSet.valueOf(in);
    UidSet.Builder uids = UidSet.builder();
    for (int from = there.nextSetBit(0); from >= 0; ) {
      int end = there.nextClearBit(from);
      uids.addRange(first + from, first + end - 1);
      from = there.nextSetBit(end);
    }
    return uids.build();
  }
}
