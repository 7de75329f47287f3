package org.posthorn.mime.compose;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Address;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.message.Message;

/**
 * Puts a delivery status notification together (RFC 3464, RFC 6522; RFC 6533 in UTF-8): a text for
 * people, fields for programs, and the message that it is about or its header. It is to be sent
 * with the null reverse-path (RFC 3461 section 6.1). For one report and one thread.
 */
public final class DeliveryReport {

  private final Origin origin;
  private final String reportingMta;
  private final List<RecipientStatus> recipients = new ArrayList<>();
  private Address.Mailbox from;
  private Address.@Nullable Mailbox to;
  private @Nullable String subject;
  private @Nullable String text;
  private @Nullable String envelopeId;
  private @Nullable String receivedFrom;
  private @Nullable OffsetDateTime arrival;
  private @Nullable OffsetDateTime deliverBy;
  private @Nullable String inReplyTo;
  private @Nullable MimePart returned;

  /**
   * A report.
   *
   * @param reportingMta the name of the host that reports
   */
  public DeliveryReport(Origin origin, String reportingMta) {
    this.origin = origin;
    this.reportingMta = reportingMta;
    this.from = new Address.Mailbox("Mail Delivery System", "MAILER-DAEMON", origin.domain());
  }

  /** Who reports, if it is not MAILER-DAEMON at the origin's domain. */
  public DeliveryReport from(Address.Mailbox address) {
    from = address;
    return this;
  }

  /** Who gets the report: the reverse-path of the message. */
  public DeliveryReport to(Address.Mailbox address) {
    to = address;
    return this;
  }

  /** A subject in place of the usual one. */
  public DeliveryReport subject(String value) {
    subject = value;
    return this;
  }

  /** A text for people in place of the usual one. */
  public DeliveryReport text(String value) {
    text = value;
    return this;
  }

  /** The ENVID that the sender gave, its xtext undone. */
  public DeliveryReport envelopeId(String value) {
    envelopeId = value;
    return this;
  }

  /** The name of the host that the message came from. */
  public DeliveryReport receivedFrom(String host) {
    receivedFrom = host;
    return this;
  }

  /** When the message came. */
  public DeliveryReport arrival(OffsetDateTime value) {
    arrival = value;
    return this;
  }

  /** When the sender wanted it to be delivered at the latest (RFC 2852 section 5). */
  public DeliveryReport deliverBy(OffsetDateTime value) {
    deliverBy = value;
    return this;
  }

  /** The Message-ID of the message, without angle brackets. */
  public DeliveryReport inReplyTo(String messageId) {
    inReplyTo = messageId;
    return this;
  }

  /** What became of the message for one more recipient. */
  public DeliveryReport recipient(RecipientStatus status) {
    recipients.add(status);
    return this;
  }

  /** Gives the whole message back (RET=FULL); its octets are read when the report is written. */
  public DeliveryReport returnMessage(Message message) throws IOException {
    returned = Returned.message(message, origin.ids());
    return this;
  }

  /** Gives the header of the message back (RET=HDRS). */
  public DeliveryReport returnHeader(Message message) throws IOException {
    returned = Returned.header(message);
    return this;
  }

  /**
   * The report, a message.
   *
   * @throws IllegalStateException if it has no recipient
   */
  public MimePart build() {
    if (recipients.isEmpty()) {
      throw new IllegalStateException("a report about no recipient");
    }
    List<RecipientStatus> about = List.copyOf(recipients);
    List<MimePart> parts = new ArrayList<>();
    parts.add(
        MimePart.text(text == null ? DeliveryText.of(reportingMta, about) : text)
            .with(OutgoingField.text("Content-Description", "Notification")));
    parts.add(
        MimePart.byForm(
            form ->
                StatusBody.part(
                        form.permitsUtf8()
                            ? "message/global-delivery-status"
                            : "message/delivery-status",
                        fields(about, form).content(form))
                    .with(OutgoingField.text("Content-Description", "Delivery report"))));
    if (returned != null) {
      parts.add(returned);
    }
    MessageBuilder message = new MessageBuilder(origin).from(from);
    if (to != null) {
      message.to(to);
    }
    if (inReplyTo != null) {
      message.inReplyTo(List.of(inReplyTo));
    }
    return message
        .subject(subject == null ? DeliveryText.subject(about) : subject)
        .header("Auto-Submitted", "auto-replied")
        .body(
            MimePart.multipart(
                "report", Map.of("report-type", "delivery-status"), origin.ids(), parts))
        .build();
  }

  private ReportFields fields(List<RecipientStatus> about, OutputForm form) {
    ReportFields fields = new ReportFields();
    fields.text("Original-Envelope-Id", envelopeId);
    fields.typed("Reporting-MTA", "dns", reportingMta);
    fields.typed("Received-From-MTA", "dns", receivedFrom);
    date(fields, "Arrival-Date", arrival);
    date(fields, "Deliver-By-Date", deliverBy);
    for (RecipientStatus recipient : about) {
      fields.nextGroup();
      if (recipient.originalRecipient() != null) {
        fields.recipient("Original-Recipient", recipient.originalRecipient(), form);
      }
      fields.recipient("Final-Recipient", "rfc822;" + recipient.finalRecipient(), form);
      fields.text("Action", recipient.action().word());
      fields.text("Status", recipient.status());
      fields.typed("Remote-MTA", "dns", recipient.remoteMta());
      fields.typed("Diagnostic-Code", "smtp", recipient.diagnostic());
      date(fields, "Last-Attempt-Date", recipient.lastAttempt());
      fields.text("Final-Log-ID", recipient.logId());
      date(fields, "Will-Retry-Until", recipient.willRetryUntil());
    }
    return fields;
  }

  private static void date(ReportFields fields, String name, @Nullable OffsetDateTime date) {
    fields.text(name, date == null ? null : MailDate.format(date));
  }
}
