package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;

/**
 * A streaming conversion of a part's octets to text: transfer encoding, then charset, are undone.
 * No input makes it throw; what is malformed becomes U+FFFD. For one content and one thread at a
 * time.
 */
public final class TextDecoder {

  /** Undoes the encoding, then reads the octets in the charset. */
  public TextDecoder(ContentCodec encoding, Charset charset) {}

  /**
   * Converts until {@code in} is used up or {@code out}, which needs 16 characters of room at
   * least, is full.
   */
  public void convert(ByteBuffer in, CharBuffer out) {}

  /**
   * To be called after the last input was converted: writes what is still held.
   *
   * @return whether all is written; if not, {@code out} was full and this is to be called again
   */
  public boolean finish(CharBuffer out) {
    return true;
  }
}
