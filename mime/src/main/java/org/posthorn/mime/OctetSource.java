package org.posthorn.mime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a message where they are kept: in memory, in a file, in a store. They do not change
 * while somebody reads. An implementation over memory or a file may be used by any number of
 * threads.
 */
public interface OctetSource {

  /** How many octets there are. */
  long size();

  /**
   * Reads from a position; may read less than there is room for, but something.
   *
   * @return the number of octets put into {@code into}; -1 at or after the end
   * @throws IOException if the octets cannot be read
   */
  int read(long position, ByteBuffer into) throws IOException;

  /** The octets {@code [from, to)} without a copy if they are in memory, else null. */
  default @Nullable Octets slice(long from, long to) {
    return null;
  }

  /** Octets in memory. */
  static OctetSource of(Octets octets) {
    return new MemorySource(octets);
  }

  /** A file, as long as it is now. It is not closed here. */
  static OctetSource of(FileChannel file) throws IOException {
    long size = file.size();
    return new OctetSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public int read(long position, ByteBuffer into) throws IOException {
        return file.read(into, position);
      }
    };
  }
}
