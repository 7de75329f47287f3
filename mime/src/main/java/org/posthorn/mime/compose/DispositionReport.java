package org.posthorn.mime.compose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Address;
import org.posthorn.mime.Octets;
import org.posthorn.mime.message.HeaderField;
import org.posthorn.mime.message.Message;

/**
 * Puts a message disposition notification together (RFC 8098): it tells the author of a message
 * what its receiver, or the receiver's software, did with it. For one report and one thread.
 */
public final class DispositionReport {

  /** What was done (RFC 8098 section 3.2.6.2). */
  public enum Type {
    /** It was shown to somebody, which does not mean that it was read. */
    DISPLAYED("displayed", "was displayed"),
    /** It was sent on without being displayed to its receiver. */
    DISPATCHED("dispatched", "was sent on to somebody else"),
    /** It was handled by a program. */
    PROCESSED("processed", "was processed automatically"),
    /** It was deleted; whether it was seen before is not told. */
    DELETED("deleted", "was deleted");

    private final String word;
    private final String sentence;

    Type(String word, String sentence) {
      this.word = word;
      this.sentence = sentence;
    }
  }

  /** Who did it, and who decided to tell (RFC 8098 section 3.2.6.1). */
  public enum Mode {
    /** The user did both. */
    MANUAL("manual-action/MDN-sent-manually"),
    /** The user did it; the software tells by itself. */
    MANUAL_SENT_AUTOMATICALLY("manual-action/MDN-sent-automatically"),
    /** The software did both. */
    AUTOMATIC("automatic-action/MDN-sent-automatically"),
    /** The software did it; the user agreed to tell. */
    AUTOMATIC_SENT_MANUALLY("automatic-action/MDN-sent-manually");

    private final String words;

    Mode(String words) {
      this.words = words;
    }
  }

  private final Origin origin;
  private final Message message;
  private final Address.Mailbox receiver;
  private final Type type;
  private final Mode mode;
  private final List<String> errors = new ArrayList<>();
  private @Nullable String reportingUa;
  private @Nullable String text;
  private @Nullable MimePart returned;

  /**
   * A report.
   *
   * @param message what it is about
   * @param receiver who got that message and reports
   */
  public DispositionReport(
      Origin origin, Message message, Address.Mailbox receiver, Type type, Mode mode) {
    this.origin = origin;
    this.message = message;
    this.receiver = receiver;
    this.type = type;
    this.mode = mode;
  }

  /**
   * Who asks for a report about that message: the addresses of Disposition-Notification-To. Whether
   * one may be sent without asking the user is a question of RFC 8098 section 2.1.
   */
  public static List<Address.Mailbox> requestedBy(Message message) throws IOException {
    HeaderField field = message.header().first("Disposition-Notification-To");
    return field == null
        ? List.of()
        : field.addresses().stream().flatMap(address -> address.mailboxes().stream()).toList();
  }

  /** The name of the receiver's host and software, {@code pc.example.org; Mailer 1.0}. */
  public DispositionReport reportingUa(String value) {
    reportingUa = value;
    return this;
  }

  /** Something that went wrong; makes {@code /error} of the disposition. */
  public DispositionReport error(String value) {
    errors.add(value);
    return this;
  }

  /** A text for people in place of the usual one. */
  public DispositionReport text(String value) {
    text = value;
    return this;
  }

  /** Gives the whole message back. */
  public DispositionReport returnMessage() throws IOException {
    returned = Returned.message(message, origin.ids());
    return this;
  }

  /** Gives the header of the message back. */
  public DispositionReport returnHeader() throws IOException {
    returned = Returned.header(message);
    return this;
  }

  /**
   * The report, a message to whom the original asks it for.
   *
   * @throws IllegalStateException if the original asks for none
   */
  public MimePart build() throws IOException {
    List<Address.Mailbox> to =
        requestedBy(message).stream().filter(AddressWriter::isWritable).toList();
    if (to.isEmpty()) {
      throw new IllegalStateException("the message asks for no report");
    }
    List<MimePart> parts = new ArrayList<>();
    parts.add(MimePart.text(text == null ? usualText() : text));
    HeaderField original = message.header().first("Original-Recipient");
    String originalRecipient = original == null ? null : original.text();
    parts.add(
        MimePart.byForm(
            form ->
                StatusBody.part(
                    form.permitsUtf8()
                        ? "message/global-disposition-notification"
                        : "message/disposition-notification",
                    fields(originalRecipient, form).content(form))));
    if (returned != null) {
      parts.add(returned);
    }
    List<String> id = messageId();
    return new MessageBuilder(origin)
        .from(receiver)
        .to(to)
        .subject(Replies.oneLine("Disposition notification: " + message.subject()))
        .inReplyTo(id)
        .references(id)
        .header("Auto-Submitted", "auto-replied")
        .body(
            MimePart.multipart(
                "report", Map.of("report-type", "disposition-notification"), origin.ids(), parts))
        .build();
  }

  private List<String> messageId() {
    Octets id = message.messageId();
    return id == null || !OutgoingField.isMessageId(id.asAscii())
        ? List.of()
        : List.of(id.asAscii());
  }

  private String usualText() {
    return "Your message\n\n  To: "
        + receiver.address()
        + "\n  Subject: "
        + message.subject()
        + "\n\n"
        + type.sentence
        + ". This is no promise that somebody has read or understood it.\n";
  }

  /** RFC 8098 section 3.1. */
  private ReportFields fields(@Nullable String originalRecipient, OutputForm form) {
    ReportFields fields = new ReportFields();
    fields.text("Reporting-UA", reportingUa);
    if (originalRecipient != null) {
      fields.recipient("Original-Recipient", originalRecipient, form);
    }
    fields.recipient("Final-Recipient", "rfc822;" + receiver.address(), form);
    List<String> id = messageId();
    if (!id.isEmpty()) {
      fields.add(OutgoingField.messageIds("Original-Message-ID", id));
    }
    String modifier = errors.isEmpty() ? "" : "/error";
    fields.text("Disposition", mode.words + "; " + type.word + modifier);
    errors.forEach(error -> fields.text("Error", error));
    return fields;
  }
}
