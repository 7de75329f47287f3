package org.posthorn.imap.thread;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.sort.BaseSubject;
import org.posthorn.imap.sort.SentDate;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.store.Row;

/**
 * What threads are made of, as it stands in one message.
 *
 * @param sent seconds since 1970
 * @param arrived seconds since 1970
 * @param subject the base subject, folded
 * @param reply whether the subject is one of a reply or forward
 * @param id the message id, null when there is no valid one
 * @param references ids of its ancestors, the parent last
 */
record ThreadKeys(
    long uid,
    long sent,
    long arrived,
    String subject,
    boolean reply,
    @Nullable Octets id,
    List<Octets> references) {

  /** Those of a message whose row has the internal date. */
  static ThreadKeys of(Row row, Part message, Collation collation) {
    Envelope envelope = message.envelope();
    if (envelope == null) {
      throw new IllegalArgumentException("not a whole message");
    }
    BaseSubject base = BaseSubject.of(envelope.subject());
    List<Octets> ids = ids(envelope.messageId(), 1);
    return new ThreadKeys(
        row.uid(),
        SentDate.of(row, envelope),
        row.internalDate() == null ? Long.MIN_VALUE : row.internalDate().toEpochSecond(),
        collation.fold(base.text()),
        base.replyOrForward(),
        ids.isEmpty() ? null : ids.get(0),
        references(message, envelope));
  }

  private static List<Octets> references(Part message, Envelope envelope) {
    List<Octets> references = ids(message.references(), Integer.MAX_VALUE);
    return references.isEmpty() ? ids(envelope.inReplyTo(), 1) : references;
  }

  private static List<Octets> ids(@Nullable Octets field, int max) {
    return field == null ? List.of() : MessageIds.find(field, max);
  }
}
