package org.posthorn.store.jdbc;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** A piece of a body as it is written. */
final class Chunk {
  /** Less is not worth the time that inflating takes: an eighth. */
  private static final int SAVED = 8;

  private final byte[] data;
  private final int packed;

  Chunk(byte[] data, int packed) {
    this.data = data;
    this.packed = packed;
  }

  /** What is written. */
  byte[] data() {
    return data;
  }

  /** 0 where the data are the octets themselves, else how many octets they inflate to. */
  int packed() {
    return packed;
  }

  static Chunk plain(byte[] octets, int length) {
    return new Chunk(length == octets.length ? octets : Arrays.copyOf(octets, length), 0);
  }

  /** Null where it would hardly be smaller. */
  static @Nullable Chunk deflated(byte[] octets, int length, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(octets, 0, length);
      deflater.finish();
      byte[] into = new byte[length - length / SAVED];
      int size = deflater.deflate(into);
      return deflater.finished() ? new Chunk(Arrays.copyOf(into, size), length) : null;
    } finally {
      deflater.end();
    }
  }

  /** The octets themselves. */
  byte[] inflated() throws StoreException {
    if (packed == 0) {
      return data;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(data);
      byte[] octets = new byte[packed];
      int size = inflater.inflate(octets);
      if (size != packed || (!inflater.finished() && inflater.inflate(new byte[1]) > 0)) {
        throw new StoreException(Code.CORRUPTION, "stored mail is damaged");
      }
      return octets;
    } catch (DataFormatException e) {
      throw new StoreException(Code.CORRUPTION, "stored mail is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
