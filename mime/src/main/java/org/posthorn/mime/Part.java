package org.posthorn.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message as the index knows it: a message itself, a body part of a multipart, or the
 * message embedded in a message/rfc822 part. All offsets are octets from the start of the stored
 * message. Immutable; lists are read from the stored form whenever they are asked for.
 */
public final class Part {

  /** What a part consists of. */
  public enum Kind {
    /** One content without inner structure that is known here. */
    SINGLE,
    /** The body parts of a multipart; there is always at least one. */
    MULTIPART,
    /** An embedded message: message/rfc822 or message/global. */
    MESSAGE
  }

  private final byte[] stored;
  private final int bits;
  private final long headerStart;
  private final long bodyStart;
  private final long end;
  private final long lines;
  private final Octets type;
  private final Octets subtype;
  private final Octets encoding;
  private final @Nullable Octets id;
  private final @Nullable Octets description;
  private final @Nullable Octets md5;
  private final @Nullable Octets location;
  private final @Nullable Octets references;
  private final int parametersAt;
  private final int dispositionAt;
  private final int languagesAt;
  private final int envelopeAt;
  private final int fieldsAt;
  private final int childrenAt;

  /**
   * Reads the record at that place.
   *
   * @param before where in the message ends what comes before this part
   */
  Part(byte[] stored, int at, long before) {
    this.stored = stored;
    IndexCursor cursor = new IndexCursor(stored, at);
    bits = cursor.count();
    headerStart = before + cursor.number();
    bodyStart = headerStart + cursor.number();
    end = bodyStart + cursor.number();
    lines = cursor.number();
    type = cursor.string();
    subtype = cursor.string();
    encoding = cursor.string();
    id = has(PartLayout.ID) ? cursor.nullable() : null;
    description = has(PartLayout.DESCRIPTION) ? cursor.nullable() : null;
    md5 = has(PartLayout.MD5) ? cursor.nullable() : null;
    location = has(PartLayout.LOCATION) ? cursor.nullable() : null;
    references = has(PartLayout.REFERENCES) ? cursor.nullable() : null;
    parametersAt = block(cursor, PartLayout.PARAMETERS);
    dispositionAt = block(cursor, PartLayout.DISPOSITION);
    languagesAt = block(cursor, PartLayout.LANGUAGES);
    envelopeAt = block(cursor, PartLayout.ENVELOPE);
    fieldsAt = block(cursor, 0);
    childrenAt = cursor.position();
  }

  private boolean has(int bit) {
    return (bits & bit) == bit;
  }

  /** Passes over a block and tells where it begins, or -1 if it is not there. */
  private int block(IndexCursor cursor, int bit) {
    if (!has(bit)) {
      return -1;
    }
    int length = cursor.count();
    int at = cursor.position();
    cursor.skip(length);
    return at;
  }

  /** What this part consists of. */
  public Kind kind() {
    return PartLayout.kind(bits);
  }

  /**
   * Where the part begins: {@code [headerStart, bodyStart)} is its header with the blank line that
   * ends it.
   */
  public long headerStart() {
    return headerStart;
  }

  /** Where the body begins: {@code [bodyStart, end)}. */
  public long bodyStart() {
    return bodyStart;
  }

  /**
   * Where the body ends. The line end before a boundary line belongs to the boundary (RFC 2046
   * section 5.1.1).
   */
  public long end() {
    return end;
  }

  /** How many lines the body has, counted by their LF. */
  public long lines() {
    return lines;
  }

  /**
   * The media type as written, {@code text} where there is no usable Content-Type. A multipart or
   * message that could not be looked into - transfer-encoded, or too deep - is {@code
   * application/octet-stream}.
   */
  public Octets type() {
    return type;
  }

  /** The media subtype as written, {@code plain} where there is no usable Content-Type. */
  public Octets subtype() {
    return subtype;
  }

  /**
   * The parameters of the Content-Type; {@code charset=us-ascii} where there is no usable one (RFC
   * 2045 section 5.2).
   */
  public List<Parameter> parameters() {
    return parametersAt < 0 ? List.of() : new IndexCursor(stored, parametersAt).parameters();
  }

  /**
   * As {@link #parameters()}: their number, then name and value of each.
   *
   * @return false if there are none
   */
  public boolean parameters(IndexText walk) {
    return begin(walk, parametersAt);
  }

  private boolean begin(IndexText walk, int at) {
    if (at >= 0) {
      walk.begin(stored, at);
    }
    return at >= 0;
  }

  /** The Content-ID with its angle brackets. */
  public @Nullable Octets id() {
    return id;
  }

  /** The Content-Description, unfolded, not decoded. */
  public @Nullable Octets description() {
    return description;
  }

  /** The Content-MD5. */
  public @Nullable Octets md5() {
    return md5;
  }

  /** The Content-Location. */
  public @Nullable Octets location() {
    return location;
  }

  /** The References field of a message, unfolded: what threads are made of (RFC 5256). */
  public @Nullable Octets references() {
    return references;
  }

  /** The Content-Transfer-Encoding as written, {@code 7BIT} where there is none. */
  public Octets encoding() {
    return encoding;
  }

  /** The Content-Disposition. */
  public @Nullable Disposition disposition() {
    if (dispositionAt < 0) {
      return null;
    }
    IndexCursor cursor = new IndexCursor(stored, dispositionAt);
    return new Disposition(cursor.string(), cursor.parameters());
  }

  /**
   * As {@link #disposition()}: its type, then its parameters, their number first.
   *
   * @return false if there is none
   */
  public boolean disposition(IndexText walk) {
    return begin(walk, dispositionAt);
  }

  /** The tags of the Content-Language. */
  public List<Octets> languages() {
    if (languagesAt < 0) {
      return List.of();
    }
    IndexCursor cursor = new IndexCursor(stored, languagesAt);
    Octets[] languages = new Octets[cursor.count()];
    for (int i = 0; i < languages.length; i++) {
      languages[i] = cursor.string();
    }
    return List.of(languages);
  }

  /** Hands over the {@link #children()} one after the other. */
  public void forEachChild(Consumer<Part> action) {
    if (kind() == Kind.SINGLE) {
      return;
    }
    IndexCursor cursor = new IndexCursor(stored, childrenAt);
    int count = cursor.count();
    long before = bodyStart;
    for (int i = 0; i < count; i++) {
      int length = cursor.count();
      Part child = new Part(stored, cursor.position(), before);
      cursor.skip(length);
      before = child.end;
      action.accept(child);
    }
  }

  /** The parts of a multipart, the root part of an embedded message (one), or nothing. */
  public List<Part> children() {
    if (kind() == Kind.SINGLE) {
      return List.of();
    }
    List<Part> children = new ArrayList<>();
    forEachChild(children::add);
    return Collections.unmodifiableList(children);
  }

  /** The child of that number, counted from 1, or null if there is none. */
  @Nullable Part child(int number) {
    if (kind() == Kind.SINGLE) {
      return null;
    }
    IndexCursor cursor = new IndexCursor(stored, childrenAt);
    if (number < 1 || number > cursor.count()) {
      return null;
    }
    long before = bodyStart;
    for (int i = 1; i < number; i++) {
      int length = cursor.count();
      before = endOf(cursor.position(), before);
      cursor.skip(length);
    }
    cursor.count();
    return new Part(stored, cursor.position(), before);
  }

  /** Where the part of that record ends. */
  private long endOf(int at, long before) {
    IndexCursor cursor = new IndexCursor(stored, at);
    cursor.number();
    return before + cursor.number() + cursor.number() + cursor.number();
  }

  /** The envelope, if this is the root part of a message or of an embedded message. */
  public @Nullable Envelope envelope() {
    if (envelopeAt < 0) {
      return null;
    }
    IndexCursor cursor = new IndexCursor(stored, envelopeAt);
    Octets date = cursor.nullable();
    Octets subject = cursor.nullable();
    Octets inReplyTo = cursor.nullable();
    Octets messageId = cursor.nullable();
    List<MailAddress> from = cursor.addresses();
    List<MailAddress> sender = cursor.addresses();
    List<MailAddress> replyTo = cursor.addresses();
    return new Envelope(
        date,
        subject,
        from,
        sender.isEmpty() ? from : sender,
        replyTo.isEmpty() ? from : replyTo,
        cursor.addresses(),
        cursor.addresses(),
        cursor.addresses(),
        inReplyTo,
        messageId);
  }

  /**
   * As {@link #envelope()}, in the order date, subject, In-Reply-To, Message-ID, then six times a
   * number of addresses with four texts each as {@link MailAddress} has them: from, sender and
   * Reply-To as they stand in the header, to, cc, bcc.
   *
   * @return false if there is none
   */
  public boolean envelope(IndexText walk) {
    return begin(walk, envelopeAt);
  }

  /** The header's fields in their order. */
  public List<Field> fields() {
    IndexCursor cursor = new IndexCursor(stored, fieldsAt);
    Field[] fields = new Field[cursor.count()];
    long start = headerStart;
    for (int i = 0; i < fields.length; i++) {
      long code = cursor.number();
      Octets name = cursor.string();
      long beforeColon = 0;
      if ((code & 1) != 0) {
        start += cursor.number();
        beforeColon = cursor.number();
      }
      long valueStart = start + name.length() + beforeColon + 1;
      long fieldEnd = valueStart + (code >>> 1);
      fields[i] = new Field(name, start, valueStart, fieldEnd);
      start = fieldEnd;
    }
    return List.of(fields);
  }
}
