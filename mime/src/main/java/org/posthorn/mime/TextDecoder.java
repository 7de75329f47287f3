package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A streaming conversion of a part's octets to text: transfer encoding, then charset, are undone.
 * No input makes it throw; what is malformed becomes U+FFFD. For one content and one thread at a
 * time.
 */
public final class TextDecoder {

  private static final int STAGE = 2048;
  private static final char REPLACEMENT = '\ufffd';

  private final ContentCodec encoding;
  private final CharsetDecoder charset;
  private final boolean guessing;
  private final ByteBuffer stage = ByteBuffer.allocate(STAGE);
  private boolean encodingFinished;
  private boolean decoded;

  /** Undoes the encoding, then reads the octets in the charset. */
  public TextDecoder(ContentCodec encoding, Charset charset) {
    this(encoding, charset, false);
  }

  private TextDecoder(ContentCodec encoding, Charset charset, boolean guessing) {
    this.encoding = encoding;
    this.guessing = guessing;
    this.charset =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Undoes the encoding, then reads octets above 127 as UTF-8 where they are that, else as
   * windows-1252.
   */
  public static TextDecoder guessing(ContentCodec encoding) {
    return new TextDecoder(encoding, StandardCharsets.UTF_8, true);
  }

  /**
   * Converts until {@code in} is used up or {@code out}, which needs 16 characters of room at
   * least, is full.
   */
  public void convert(ByteBuffer in, CharBuffer out) {
    boolean room = true;
    while (room && in.hasRemaining()) {
      int before = in.remaining();
      encoding.convert(in, stage);
      boolean moved = in.remaining() < before || stage.position() > 0;
      room = decode(out, false) && moved;
    }
  }

  /**
   * To be called after the last input was converted: writes what is still held.
   *
   * @return whether all is written; if not, {@code out} was full and this is to be called again
   */
  public boolean finish(CharBuffer out) {
    while (!encodingFinished) {
      encodingFinished = encoding.finish(stage);
      if (!decode(out, false)) {
        return false;
      }
    }
    if (!decoded) {
      decoded = decode(out, true);
    }
    return decoded && charset.flush(out).isUnderflow();
  }

  /** Reads what is staged; tells whether there was room for it. */
  private boolean decode(CharBuffer out, boolean last) {
    stage.flip();
    try {
      while (true) {
        CoderResult result = charset.decode(stage, out, last);
        if (result.isUnderflow()) {
          return true;
        }
        if (result.isOverflow() || out.remaining() < result.length()) {
          return false;
        }
        for (int i = result.length(); i > 0; i--) {
          byte octet = stage.get();
          out.put(guessing ? Charsets.WINDOWS_1252.charAt(octet & 0xff) : REPLACEMENT);
        }
      }
    } finally {
      stage.compact();
    }
  }
}
