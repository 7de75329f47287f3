package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.DecodedContent;
import org.posthorn.mime.Disposition;
import org.posthorn.mime.Field;
import org.posthorn.mime.OctetSource;
import org.posthorn.mime.Octets;
import org.posthorn.mime.ParameterizedValue;
import org.posthorn.mime.Part;

/**
 * A part of a message together with its octets. Immutable; streams that it opens are for one thread
 * and end with the {@link OctetSource} they read from.
 */
public final class MessagePart {

  private final OctetSource source;
  private final Part part;

  MessagePart(OctetSource source, Part part) {
    this.source = source;
    this.part = part;
  }

  /** What the index has of it: offsets, media type, parameters, disposition. */
  public Part index() {
    return part;
  }

  OctetSource source() {
    return source;
  }

  /** The body parts of a multipart in their order; nothing for others. */
  public List<MessagePart> children() {
    if (part.kind() != Part.Kind.MULTIPART) {
      return List.of();
    }
    return part.children().stream().map(child -> new MessagePart(source, child)).toList();
  }

  /** The message that this part embeds, or null. */
  public @Nullable Message message() {
    return part.kind() == Part.Kind.MESSAGE ? new Message(source, part.children().get(0)) : null;
  }

  /** The media type in lower case, {@code text/plain}. */
  public String mediaType() {
    return (part.type() + "/" + part.subtype()).toLowerCase(Locale.ROOT);
  }

  boolean is(String type) {
    return part.type().equalsIgnoreCase(type);
  }

  boolean is(String type, String subtype) {
    return is(type) && part.subtype().equalsIgnoreCase(subtype);
  }

  /** The decoded text of a parameter of the Content-Type, or null. */
  public @Nullable String parameter(String name) {
    return ParameterizedValue.text(part.parameters(), name);
  }

  /**
   * The file name as its sender gave it, decoded, or null. It may hold anything, path separators
   * too; do not use it as a path.
   */
  public @Nullable String fileName() {
    Disposition disposition = part.disposition();
    String name =
        disposition == null ? null : ParameterizedValue.text(disposition.parameters(), "filename");
    return name == null || name.isBlank() ? parameter("name") : name;
  }

  /** Whether its disposition says that it is to be kept apart from the text. */
  boolean saysAttachment() {
    Disposition disposition = part.disposition();
    return disposition != null && disposition.type().equalsIgnoreCase("attachment");
  }

  /** The header, read in one go; what the index left out because of a limit is not in it. */
  public Header header() throws IOException {
    List<Field> fields = part.fields();
    long end = fields.isEmpty() ? part.headerStart() : fields.get(fields.size() - 1).end();
    return new Header(octets(part.headerStart(), end), part.headerStart(), fields);
  }

  /** The body as it is stored. */
  public InputStream raw() {
    return new RangeInputStream(source, part.bodyStart(), part.end());
  }

  /**
   * The body as it is stored, without a copy where the message is in memory.
   *
   * @throws IOException if it cannot be read
   * @throws ArithmeticException if it has 2 GiB or more
   */
  public Octets rawOctets() throws IOException {
    return octets(part.bodyStart(), part.end());
  }

  private Octets octets(long from, long to) throws IOException {
    Octets slice = source.slice(from, to);
    if (slice != null) {
      return slice;
    }
    byte[] array = new byte[Math.toIntExact(to - from)];
    ByteBuffer buffer = ByteBuffer.wrap(array);
    while (buffer.hasRemaining()) {
      if (source.read(from + buffer.position(), buffer) <= 0) {
        throw new IOException("the source ends before " + to);
      }
    }
    return Octets.of(array);
  }

  /**
   * The body with its transfer encoding undone (base64, quoted-printable, uuencode, yEnc; others as
   * it is), read while the stream is read.
   */
  public InputStream content() {
    ContentCodec codec = DecodedContent.octets(part);
    return new DecodedInputStream(raw(), codec);
  }

  /** The body as text: transfer encoding and charset undone while the reader is read. */
  public Reader text() {
    return new DecodedReader(raw(), DecodedContent.text(part));
  }

  /**
   * The first characters of {@link #text}.
   *
   * @param maxChars the most {@code char}s that the answer may have
   */
  public String text(int maxChars) throws IOException {
    return Readers.upTo(text(), maxChars);
  }

  /** As {@link #text()}, but of HTML only what a reader would see. */
  public Reader plainText() {
    return is("text", "html") ? new HtmlReader(text()) : text();
  }
}
