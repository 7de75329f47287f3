package org.posthorn.mime.message;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Address;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.MessageIds;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.OctetSource;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;

/**
 * A message to be read: its octets, wherever they are kept, and what the index tells of them. What
 * the index knows costs no reading; contents are read in slices when they are asked for, and never
 * held whole. No content whatever makes it throw; an {@link IOException} comes from the source.
 * Immutable, and as safe for threads as the source is.
 */
public final class Message {

  private static final int STEP = 16 * 1024;

  private final OctetSource source;
  private final Part root;

  Message(OctetSource source, Part root) {
    this.source = source;
    this.root = root;
  }

  /** A message in memory. The array is not copied and must not be changed afterwards. */
  public static Message of(byte[] message) {
    return of(Octets.of(message));
  }

  /** A message in memory. */
  public static Message of(Octets message) {
    MessageIndexer indexer = new MessageIndexer();
    indexer.write(message.asBuffer());
    return of(OctetSource.of(message), indexer.finish());
  }

  /** A message of which an index was kept. */
  public static Message of(OctetSource source, MessageIndex index) {
    return new Message(source, index.root());
  }

  /** A message that is read once from begin to end to index it. */
  public static Message of(OctetSource source) throws IOException {
    return of(source, index(source));
  }

  /** The index of a message that is read once from begin to end. */
  public static MessageIndex index(OctetSource source) throws IOException {
    MessageIndexer indexer = new MessageIndexer();
    ByteBuffer buffer = ByteBuffer.allocate(STEP);
    for (long at = 0; at < source.size(); at = indexer.octets()) {
      buffer.clear();
      if (source.read(at, buffer) <= 0) {
        throw new IOException("the source ends at " + at + ", not at " + source.size());
      }
      indexer.write(buffer.flip());
    }
    return indexer.finish();
  }

  /** The message itself as a part. */
  public MessagePart root() {
    return new MessagePart(source, root);
  }

  /**
   * The part of that IMAP part number (RFC 9051 section 6.4.5.1), or null if there is none; without
   * numbers the {@link #root}.
   */
  public @Nullable MessagePart part(int... numbers) {
    Message message = this;
    MessagePart part = root();
    boolean ofMessage = true;
    for (int number : numbers) {
      if (!ofMessage) {
        Message inner = part.message();
        if (inner != null) {
          message = inner;
          part = inner.root();
          ofMessage = true;
        }
      }
      List<MessagePart> children = part.children();
      if (number >= 1 && number <= children.size()) {
        part = children.get(number - 1);
      } else if (!(ofMessage && number == 1 && children.isEmpty())) {
        return null;
      } else {
        part = message.root();
      }
      ofMessage = false;
    }
    return part;
  }

  /** The header of the message. */
  public Header header() throws IOException {
    return root().header();
  }

  private Envelope envelope() {
    Envelope envelope = root.envelope();
    if (envelope == null) {
      throw new IllegalStateException("the root part of a message has an envelope");
    }
    return envelope;
  }

  /** The decoded subject; empty if there is none. */
  public String subject() {
    Octets subject = envelope().subject();
    return subject == null ? "" : HeaderText.decode(subject);
  }

  /** The Date field, or null if it is missing or none. */
  public @Nullable OffsetDateTime date() {
    Octets date = envelope().date();
    return date == null ? null : MailDate.parse(date);
  }

  /** The authors. */
  public List<Address> from() {
    return Address.of(envelope().from());
  }

  /** Who sent it for the authors, else the authors. */
  public List<Address> sender() {
    return Address.of(envelope().sender());
  }

  /** Where answers go: the Reply-To field, else the authors. */
  public List<Address> replyTo() {
    return Address.of(envelope().replyTo());
  }

  /** The To field. */
  public List<Address> to() {
    return Address.of(envelope().to());
  }

  /** The Cc field. */
  public List<Address> cc() {
    return Address.of(envelope().cc());
  }

  /** The Bcc field. */
  public List<Address> bcc() {
    return Address.of(envelope().bcc());
  }

  /** The identifier without its angle brackets, or null. */
  public @Nullable Octets messageId() {
    List<Octets> ids = ids(envelope().messageId());
    return ids.isEmpty() ? null : ids.get(0);
  }

  /** The identifiers of the messages that this one answers, without their angle brackets. */
  public List<Octets> inReplyTo() {
    return ids(envelope().inReplyTo());
  }

  /** The identifiers of the thread before it, without their angle brackets, oldest first. */
  public List<Octets> references() throws IOException {
    HeaderField references = header().first("References");
    return references == null ? List.of() : references.messageIds();
  }

  private static List<Octets> ids(@Nullable Octets value) {
    return value == null ? List.of() : MessageIds.parse(value);
  }

  /** The part with the text of the message as plain text, or null if it has none in that form. */
  public @Nullable MessagePart textPart() {
    return BodyFinder.find(root(), "plain");
  }

  /** The part with the text of the message as HTML, or null if it has none in that form. */
  public @Nullable MessagePart htmlPart() {
    return BodyFinder.find(root(), "html");
  }

  /** What people read: the plain text, else the HTML without its markup, else nothing. */
  public Reader text() {
    MessagePart plain = textPart();
    MessagePart part = plain == null ? htmlPart() : plain;
    return part == null ? Reader.nullReader() : part.plainText();
  }

  /**
   * The first characters of {@link #text()}.
   *
   * @param maxChars the most {@code char}s that the answer may have
   */
  public String text(int maxChars) throws IOException {
    return Readers.upTo(text(), maxChars);
  }

  /**
   * The begin of what people read, on one line, as RFC 8970 wants a preview. Quoted lines are left
   * out if there are others. At most 64 KiB of text are looked at.
   *
   * @param maxCharacters the most Unicode characters it may have; RFC 8970 permits 256
   */
  public String preview(int maxCharacters) throws IOException {
    return Preview.of(this, maxCharacters);
  }

  /**
   * All text in which a search would look: the decoded fields of all headers, one a line, and the
   * text of all parts that are text, without markup; embedded messages included.
   */
  public Reader searchText() {
    return new SearchText(root());
  }

  /**
   * What comes with the text: parts with a file name, or marked as attachments, or of a type that
   * is no text; embedded messages; files that were put into a text with uuencode or yEnc. In their
   * order; contents are not read, but texts are looked through for such files.
   */
  public List<Attachment> attachments() throws IOException {
    return AttachmentFinder.find(root());
  }
}
