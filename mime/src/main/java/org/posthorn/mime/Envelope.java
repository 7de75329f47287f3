package org.posthorn.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the IMAP ENVELOPE is made of (RFC 9051 section 7.5.2). The texts are unfolded and trimmed
 * but not decoded; a field that is not there is null or an empty list. Where Sender or Reply-To is
 * missing or empty it is the same as From.
 *
 * @param date the Date field
 * @param subject the Subject field
 * @param from the From addresses
 * @param sender the Sender addresses, else From
 * @param replyTo the Reply-To addresses, else From
 * @param to the To addresses
 * @param cc the Cc addresses
 * @param bcc the Bcc addresses
 * @param inReplyTo the In-Reply-To field
 * @param messageId the Message-ID field
 */
public record Envelope(
    @Nullable Octets date,
    @Nullable Octets subject,
    List<MailAddress> from,
    List<MailAddress> sender,
    List<MailAddress> replyTo,
    List<MailAddress> to,
    List<MailAddress> cc,
    List<MailAddress> bcc,
    @Nullable Octets inReplyTo,
    @Nullable Octets messageId) {

  /** Keeps immutable copies of the lists. */
  public Envelope {
    from = List.copyOf(from);
    sender = List.copyOf(sender);
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }
}
