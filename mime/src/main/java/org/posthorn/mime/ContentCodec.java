package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * A streaming conversion of octets, such as undoing base64. It holds a few octets of state, is made
 * for one content and used by one thread at a time. Decoders are lenient: no input makes them
 * throw.
 */
public interface ContentCodec {

  /**
   * Converts until {@code in} is used up or the next piece does not fit into {@code out}, which may
   * need 80 octets of room. The buffers must not share octets; those of {@code out} behind what was
   * converted are undefined.
   */
  void convert(ByteBuffer in, ByteBuffer out);

  /**
   * To be called after the last input was converted: writes what is still held.
   *
   * @return whether all is written; if not, {@code out} was too small and this is to be called
   *     again
   */
  boolean finish(ByteBuffer out);
}
