package org.posthorn.delivery.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.mime.compose.DeliveryReport;
import org.posthorn.mime.compose.IdSource;
import org.posthorn.mime.compose.Origin;
import org.posthorn.mime.compose.OutputForm;
import org.posthorn.mime.compose.RecipientStatus.Action;
import org.posthorn.mime.message.Message;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.DsnReturn;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Verdict;

/**
 * Says in a delivery status notification (RFC 3464, RFC 6522; beyond US-ASCII RFC 6533) what SMTP
 * said of a message, as its sender asked for in MAIL and RCPT (RFC 3461).
 */
public final class StatusMessage {
  /** Messages up to this many octets are returned whole where the sender wants that. */
  public static final int RETURNED_OCTETS = 1 << 20;

  private static final IdSource IDS = IdSource.random();

  private final String hostname;

  /**
   * @param hostname of the server that reports
   */
  public StatusMessage(String hostname) {
    this.hostname = hostname;
  }

  /**
   * The message that is reported about.
   *
   * @param head its first octets, its header at least; all of it up to {@link #RETURNED_OCTETS}
   * @param whole whether the head is all of it
   * @param arrived when it came here
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed
  public record Subject(
      MailParameters parameters, byte[] head, boolean whole, ZonedDateTime arrived) {}

  /**
   * Writes a report, to be sent with the null reverse-path.
   *
   * @param to the sender of the message
   */
  public byte[] compose(
      Address to, Subject subject, List<RecipientStatus> statuses, OffsetDateTime now) {
    Origin origin = new Origin(Clock.fixed(now.toInstant(), now.getOffset()), IDS, hostname);
    DeliveryReport report =
        new DeliveryReport(origin, hostname)
            .to(mailbox(to))
            .arrival(subject.arrived().toOffsetDateTime());
    subject.parameters().envelopeId().ifPresent(report::envelopeId);
    messageId(subject.head()).ifPresent(report::inReplyTo);
    subject
        .parameters()
        .deliverBy()
        .map(by -> by.deadline(subject.arrived().toInstant()).atOffset(now.getOffset()))
        .ifPresent(report::deliverBy);
    for (RecipientStatus status : statuses) {
      report.recipient(field(status, now));
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      Message original = Message.of(subject.head());
      if (returnsAll(subject, statuses)) {
        report.returnMessage(original);
      } else {
        report.returnHeader(original);
      }
      report.build().writeTo(octets, to.needsUtf8() ? OutputForm.UTF8 : OutputForm.EIGHT_BIT);
    } catch (IOException e) {
      throw new UncheckedIOException("octets in memory cannot be read", e);
    }
    return octets.toByteArray();
  }

  /** RFC 3461 section 4.3; what was protected is not (RFC 8689 section 5). */
  private static boolean returnsAll(Subject subject, List<RecipientStatus> statuses) {
    boolean failed = statuses.stream().anyMatch(s -> s.action() == StatusAction.FAILED);
    boolean wanted = subject.parameters().dsnReturn().filter(r -> r == DsnReturn.HEADERS).isEmpty();
    return failed && wanted && subject.whole() && !subject.parameters().requireTls();
  }

  private static org.posthorn.mime.Address.Mailbox mailbox(Address address) {
    return new org.posthorn.mime.Address.Mailbox("", address.localPart(), address.domain());
  }

  private static org.posthorn.mime.compose.RecipientStatus field(
      RecipientStatus status, OffsetDateTime now) {
    Verdict verdict = status.verdict();
    org.posthorn.mime.compose.RecipientStatus field =
        org.posthorn.mime.compose.RecipientStatus.of(
                status.recipient().address().toString(),
                Action.valueOf(status.action().name()),
                verdict.enhanced())
            .withAttempts(now, null);
    Optional<String> original =
        status
            .recipient()
            .originalRecipient()
            .filter(o -> o.address().codePoints().noneMatch(Character::isISOControl))
            .map(o -> o.type() + ';' + o.address());
    if (original.isPresent()) {
      field = field.withOriginalRecipient(original.get());
    }
    if (status.remote().isPresent()) {
      return field.withReply(status.remote().get(), verdict.line());
    }
    return verdict.accepted() ? field : field.withDiagnostic(verdict.line());
  }

  private static Optional<String> messageId(byte[] head) {
    return MessageHeader.of(head)
        .first("Message-ID")
        .filter(id -> id.length() < 500 && id.matches("<[\\x21-\\x7e&&[^<>]]+>"))
        .map(id -> id.substring(1, id.length() - 1));
  }

  /** Parameters that the report itself needs. */
  public static MailParameters parameters(Address to, byte[] report) {
    if (to.needsUtf8()) {
      return new MailParameters(Map.of("SMTPUTF8", "", "BODY", "8BITMIME"));
    }
    return eightBit(report) ? new MailParameters(Map.of("BODY", "8BITMIME")) : MailParameters.NONE;
  }

  private static boolean eightBit(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }
}
