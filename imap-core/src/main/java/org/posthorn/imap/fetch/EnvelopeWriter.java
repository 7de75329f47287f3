package org.posthorn.imap.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.MailAddress;

/** RFC 9051 section 9: envelope, and section 7.5.2 for what it means. */
public final class EnvelopeWriter {

  private static final Envelope NONE =
      new Envelope(
          null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);

  private EnvelopeWriter() {}

  /** Writes it; one that is not known has nothing in it. */
  public static void write(@Nullable Envelope known, ResponseEncoder out) {
    Envelope envelope = known == null ? NONE : known;
    out.open();
    Strings.nstring(envelope.date(), out).sp();
    Strings.nstring(envelope.subject(), out).sp();
    addresses(envelope.from(), out).sp();
    addresses(envelope.sender(), out).sp();
    addresses(envelope.replyTo(), out).sp();
    addresses(envelope.to(), out).sp();
    addresses(envelope.cc(), out).sp();
    addresses(envelope.bcc(), out).sp();
    Strings.nstring(envelope.inReplyTo(), out).sp();
    Strings.nstring(envelope.messageId(), out).close();
  }

  private static ResponseEncoder addresses(List<MailAddress> addresses, ResponseEncoder out) {
    if (addresses.isEmpty()) {
      return out.nil();
    }
    out.open();
    for (MailAddress address : addresses) {
      out.open();
      Strings.nstring(address.name(), out).sp();
      Strings.nstring(address.route(), out).sp();
      Strings.nstring(address.mailbox(), out).sp();
      Strings.nstring(address.host(), out).close();
    }
    return out.close();
  }
}
