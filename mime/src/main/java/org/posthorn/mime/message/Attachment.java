package org.posthorn.mime.message;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.Disposition;
import org.posthorn.mime.TransferEncoding;

/** Something that comes with the text of a message. Its content is read when it is asked for. */
public final class Attachment {

  /** How it is in the message. */
  public enum Kind {
    /** A part of its own. */
    PART,
    /** Put into a text with uuencode. */
    UUENCODE,
    /** Put into a text with yEnc. */
    YENC
  }

  private final MessagePart part;
  private final Kind kind;
  private final @Nullable String name;
  private final long from;
  private final long to;

  Attachment(MessagePart part) {
    this(part, Kind.PART, part.fileName(), 0, -1);
  }

  /**
   * @param from where in the part's decoded content its first line begins
   * @param to where its last line ends
   */
  Attachment(MessagePart part, Kind kind, @Nullable String name, long from, long to) {
    this.part = part;
    this.kind = kind;
    this.name = name;
    this.from = from;
    this.to = to;
  }

  /** How it is in the message. */
  public Kind kind() {
    return kind;
  }

  /**
   * The file name as its sender gave it, or null. It may hold anything, path separators too; do not
   * use it as a path.
   */
  public @Nullable String name() {
    return name;
  }

  /** The media type in lower case; {@code application/octet-stream} for a file within a text. */
  public String mediaType() {
    return kind == Kind.PART ? part.mediaType() : "application/octet-stream";
  }

  /** Whether it is to be shown in place, such as an image of an HTML text. */
  public boolean isInline() {
    Disposition disposition = part.index().disposition();
    boolean saysInline = disposition != null && disposition.type().equalsIgnoreCase("inline");
    return kind == Kind.PART && !part.saysAttachment() && (saysInline || part.index().id() != null);
  }

  /** The part that it is or that it was found in. */
  public MessagePart part() {
    return part;
  }

  /** The decoded content, decoded while it is read. */
  public InputStream content() throws IOException {
    InputStream content = part.content();
    if (kind == Kind.PART) {
      return content;
    }
    content.skipNBytes(from);
    ContentCodec codec =
        kind == Kind.UUENCODE
            ? TransferEncoding.UUENCODE.decoder()
            : TransferEncoding.YENC.decoder();
    return new DecodedInputStream(new BoundedInputStream(content, to - from), codec);
  }
}
