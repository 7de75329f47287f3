package org.posthorn.imap.fetch;

import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.IndexText;
import org.posthorn.mime.Part;

/**
 * RFC 9051 section 9: envelope, and section 7.5.2 for what it means. It is written from the stored
 * form of the index, without objects on the way.
 */
public final class EnvelopeWriter {
  private static final String NONE = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

  private EnvelopeWriter() {}

  /** Writes that of a message; one that is not known has nothing in it. */
  public static void write(Part message, ResponseEncoder out) {
    IndexText text = new IndexText();
    if (!message.envelope(text)) {
      out.words(NONE);
      return;
    }
    out.open();
    Strings.nstring(text, out).sp();
    Strings.nstring(text, out).sp();
    int inReplyTo = text.position();
    text.skip(2);
    int from = out.size();
    addresses(text, out);
    int behindFrom = out.size();
    orFrom(text, from, behindFrom, out);
    orFrom(text, from, behindFrom, out);
    for (int i = 0; i < 3; i++) {
      addresses(text, out.sp());
    }
    text.rewind(inReplyTo);
    Strings.nstring(text, out.sp()).sp();
    Strings.nstring(text, out).close();
  }

  /** Sender or Reply-To, which are the same as From where they are missing. */
  private static void orFrom(IndexText text, int from, int behindFrom, ResponseEncoder out) {
    out.sp();
    int before = text.position();
    if (text.count() == 0) {
      out.again(from, behindFrom);
    } else {
      text.rewind(before);
      addresses(text, out);
    }
  }

  private static void addresses(IndexText text, ResponseEncoder out) {
    int count = text.count();
    if (count == 0) {
      out.nil();
      return;
    }
    out.open();
    for (int i = 0; i < count; i++) {
      Strings.nstring(text, out.open()).sp();
      Strings.nstring(text, out).sp();
      Strings.nstring(text, out).sp();
      Strings.nstring(text, out).close();
    }
    out.close();
  }
}
