package org.posthorn.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message as the index knows it: a message itself, a body part of a multipart, or the
 * message embedded in a message/rfc822 part. All offsets are octets from the start of the stored
 * message. Immutable.
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

  Part() {}

  /** What this part consists of. */
  public Kind kind() {
    return Kind.SINGLE;
  }

  /**
   * Where the part begins: {@code [headerStart, bodyStart)} is its header with the blank line that
   * ends it.
   */
  public long headerStart() {
    return 0;
  }

  /** Where the body begins: {@code [bodyStart, end)}. */
  public long bodyStart() {
    return 0;
  }

  /**
   * Where the body ends. The line end before a boundary line belongs to the boundary (RFC 2046
   * section 5.1.1).
   */
  public long end() {
    return 0;
  }

  /** How many lines the body has, counted by their LF. */
  public long lines() {
    return 0;
  }

  /** The media type as written, {@code text} where there is no usable Content-Type. */
  public Octets type() {
    return Octets.EMPTY;
  }

  /** The media subtype as written, {@code plain} where there is no usable Content-Type. */
  public Octets subtype() {
    return Octets.EMPTY;
  }

  /**
   * The parameters of the Content-Type; {@code charset=us-ascii} where there is no usable one (RFC
   * 2045 section 5.2).
   */
  public List<Parameter> parameters() {
    return List.of();
  }

  /** The Content-ID with its angle brackets. */
  public @Nullable Octets id() {
    return null;
  }

  /** The Content-Description, unfolded, not decoded. */
  public @Nullable Octets description() {
    return null;
  }

  /** The Content-MD5. */
  public @Nullable Octets md5() {
    return null;
  }

  /** The Content-Location. */
  public @Nullable Octets location() {
    return null;
  }

  /** The Content-Transfer-Encoding as written, {@code 7BIT} where there is none. */
  public Octets encoding() {
    return Octets.EMPTY;
  }

  /** The Content-Disposition. */
  public @Nullable Disposition disposition() {
    return null;
  }

  /** The tags of the Content-Language. */
  public List<Octets> languages() {
    return List.of();
  }

  /** The parts of a multipart, the root part of an embedded message (one), or nothing. */
  public List<Part> children() {
    return List.of();
  }

  /** The envelope, if this is the root part of a message or of an embedded message. */
  public @Nullable Envelope envelope() {
    return null;
  }

  /** The header's fields in their order. */
  public List<Field> fields() {
    return List.of();
  }
}
