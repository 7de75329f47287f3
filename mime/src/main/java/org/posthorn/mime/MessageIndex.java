package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message without reading it again: its parts with their offsets, header fields,
 * media types and envelope. Immutable; it rests on its compact stored form, so that decoding one
 * costs next to nothing until something is asked.
 *
 * <p>The stored form is: the version, the size of the message, the defects, the record of the root
 * part ({@link PartLayout}), and four octets of CRC-32C over all before it, low octet first.
 */
public final class MessageIndex {

  /**
   * The version of the stored form; other versions are refused by {@link #decode} and are to be
   * made anew.
   */
  public static final int VERSION = 2;

  private static final int CHECKSUM = 4;

  private final byte[] stored;
  private final long size;
  private final int defectsAt;

  private MessageIndex(byte[] stored) {
    this.stored = stored;
    IndexCursor cursor = new IndexCursor(stored, 1);
    this.size = cursor.number();
    this.defectsAt = cursor.position();
  }

  /** The index that a writer holds all of but the checksum, which is left for {@link #encode}. */
  static MessageIndex of(IndexWriter writer) {
    return new MessageIndex(writer.toByteArray(CHECKSUM));
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
    IndexCursor cursor = new IndexCursor(stored, defectsAt);
    cursor.skip(cursor.count());
    return new Part(stored, cursor.position(), 0);
  }

  /**
   * The part of that IMAP part number (RFC 9051 section 6.4.5.1), or null if there is none. Without
   * numbers it is the {@linkplain #root root}; a message that is no multipart has its body as part
   * 1, and so has an embedded message.
   */
  public @Nullable Part part(int... sectionNumbers) {
    Part message = root();
    Part part = message;
    boolean insideMessage = true;
    for (int number : sectionNumbers) {
      if (!insideMessage && part.kind() == Part.Kind.MESSAGE) {
        message = part.child(1);
        insideMessage = true;
      }
      Part next = insideMessage ? ofMessage(message, number) : part.child(number);
      if (next == null) {
        return null;
      }
      part = next;
      insideMessage = false;
    }
    return part;
  }

  private static @Nullable Part ofMessage(@Nullable Part message, int number) {
    if (message == null || message.kind() == Part.Kind.MULTIPART) {
      return message == null ? null : message.child(number);
    }
    return number == 1 ? message : null;
  }

  /** What was mended or passed over, in the order in which it was noticed. */
  public List<Defect> defects() {
    IndexCursor cursor = new IndexCursor(stored, defectsAt);
    int end = cursor.count() + cursor.position();
    List<Defect> defects = new ArrayList<>();
    while (cursor.position() < end) {
      defects.add(new Defect(Defect.Kind.of(cursor.count()), cursor.number()));
    }
    return Collections.unmodifiableList(defects);
  }

  /** The stored form, a new array. */
  public byte[] encode() {
    byte[] encoded = stored.clone();
    tail(encoded).putInt(encoded.length - CHECKSUM, checksum(encoded));
    return encoded;
  }

  /**
   * Reads a stored form. The array is not copied and must not be changed afterwards.
   *
   * @throws IndexFormatException if it is damaged or of another version
   */
  public static MessageIndex decode(byte[] stored) throws IndexFormatException {
    if (stored.length <= CHECKSUM) {
      throw new IndexFormatException("too short: " + stored.length + " octets");
    }
    if (stored[0] != VERSION) {
      throw new IndexFormatException("version " + stored[0] + ", not " + VERSION);
    }
    if (tail(stored).getInt(stored.length - CHECKSUM) != checksum(stored)) {
      throw new IndexFormatException("damaged: the checksum differs");
    }
    return new MessageIndex(stored);
  }

  private static ByteBuffer tail(byte[] stored) {
    return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] stored) {
    CRC32C checksum = new CRC32C();
    checksum.update(stored, 0, stored.length - CHECKSUM);
    return (int) checksum.getValue();
  }
}
