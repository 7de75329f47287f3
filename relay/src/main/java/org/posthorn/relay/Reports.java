package org.posthorn.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.delivery.Dispatch;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusMessage;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.store.StoreException;

/** Writes what senders are told about their mail. */
final class Reports {
  private final StatusMessage reports;
  private final ZoneId zone;

  Reports(String hostname, ZoneId zone) {
    this.reports = new StatusMessage(hostname);
    this.zone = zone;
  }

  /** About mail in the queue. */
  Settlement.Report about(
      QueuedMail mail, StoredContent content, List<RecipientStatus> statuses, Instant now)
      throws StoreException {
    ByteBuffer head =
        ByteBuffer.allocate((int) Math.min(mail.size(), StatusMessage.RETURNED_OCTETS));
    try {
      while (head.hasRemaining()) {
        content.read(head.position(), head);
      }
    } catch (IOException e) {
      throw new StoreException(StoreException.Code.CORRUPTION, "a queued message is cut off", e);
    }
    StatusMessage.Subject subject =
        new StatusMessage.Subject(
            mail.parameters(),
            head.array(),
            head.capacity() == mail.size(),
            ZonedDateTime.ofInstant(mail.arrived(), zone));
    return report(mail.sender().address().orElseThrow(), subject, statuses, now);
  }

  /** About mail that never came into the queue. */
  Settlement.Report about(Dispatch message, List<RecipientStatus> statuses, Instant now)
      throws StoreException {
    byte[] head = new byte[(int) Math.min(message.size(), StatusMessage.RETURNED_OCTETS)];
    int own = Math.min(head.length, message.header().length);
    System.arraycopy(message.header(), 0, head, 0, own);
    message.content().head(head.length - own).get(head, own, head.length - own);
    StatusMessage.Subject subject =
        new StatusMessage.Subject(
            message.parameters(),
            head,
            head.length == message.size(),
            ZonedDateTime.ofInstant(now, zone));
    return report(message.sender().address().orElseThrow(), subject, statuses, now);
  }

  private Settlement.Report report(
      Address to, StatusMessage.Subject subject, List<RecipientStatus> statuses, Instant now)
      throws StoreException {
    byte[] octets = reports.compose(to, subject, statuses, OffsetDateTime.ofInstant(now, zone));
    return new Settlement.Report(
        to, asSubject(StatusMessage.parameters(to, octets), subject.parameters()), octets);
  }

  /** RFC 8689 section 5, RFC 6710 section 4.5: protected and as urgent as what it is about. */
  private static MailParameters asSubject(MailParameters own, MailParameters subject) {
    Map<String, String> values = new HashMap<>(own.values());
    for (String inherited : List.of("REQUIRETLS", "MT-PRIORITY")) {
      String value = subject.values().get(inherited);
      if (value != null) {
        values.put(inherited, value);
      }
    }
    return new MailParameters(values);
  }
}
