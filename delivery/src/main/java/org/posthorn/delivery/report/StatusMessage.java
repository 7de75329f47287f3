package org.posthorn.delivery.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.mime.MailDate;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.OriginalRecipient;
import org.posthorn.smtp.Recipient;

/** Writes a delivery status notification (RFC 3464, RFC 6522; beyond US-ASCII RFC 6533). */
public final class StatusMessage {
  /** Messages up to this many octets are returned whole where the sender wants that. */
  public static final int RETURNED_OCTETS = 1 << 20;

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
    boolean utf8 =
        to.needsUtf8() || statuses.stream().anyMatch(s -> s.recipient().address().needsUtf8());
    boolean failed = statuses.stream().anyMatch(s -> s.action() == StatusAction.FAILED);
    String boundary = UUID.randomUUID().toString();
    StringBuilder out = new StringBuilder(2_048);
    line(out, "Date: " + MailDate.format(now));
    line(out, "From: Mail Delivery System <MAILER-DAEMON@" + hostname + ">");
    line(out, "To: <" + to + ">");
    line(out, "Subject: " + title(statuses));
    line(out, "Message-ID: <" + UUID.randomUUID() + '@' + hostname + '>');
    messageId(subject.head()).ifPresent(id -> line(out, "In-Reply-To: " + id));
    line(out, "Auto-Submitted: auto-replied");
    line(out, "MIME-Version: 1.0");
    line(out, "Content-Type: multipart/report; report-type=delivery-status;");
    line(out, "\tboundary=\"" + boundary + '"');
    part(out, boundary, "text/plain; charset=utf-8", utf8);
    explanation(out, statuses);
    String kind = utf8 ? "message/global-delivery-status" : "message/delivery-status";
    part(out, boundary, kind, utf8);
    perMessage(out, subject);
    for (RecipientStatus status : statuses) {
      perRecipient(out, status, now);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean full = failed && subject.whole() && !wantsHeaders(subject.parameters());
    byte[] original = full ? subject.head() : header(subject.head());
    boolean eightBit = eightBit(original);
    String returned = full ? "message/rfc822" : "text/rfc822-headers";
    if (subject.parameters().smtpUtf8()) {
      returned = full ? "message/global" : "message/global-headers";
    }
    part(out, boundary, returned, eightBit);
    all.writeBytes(out.toString().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(original);
    all.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return all.toByteArray();
  }

  /** RFC 3461 section 4.3. */
  private static boolean wantsHeaders(MailParameters parameters) {
    return "HDRS".equalsIgnoreCase(parameters.values().getOrDefault("RET", ""));
  }

  private static String title(List<RecipientStatus> statuses) {
    StatusAction first = statuses.get(0).action();
    boolean failed = statuses.stream().anyMatch(s -> s.action() == StatusAction.FAILED);
    if (failed) {
      return "Undelivered mail returned to sender";
    }
    return first == StatusAction.DELAYED
        ? "Delayed mail (still being tried)"
        : "Successful mail delivery report";
  }

  private void explanation(StringBuilder out, List<RecipientStatus> statuses) {
    line(out, "This is the mail system at " + hostname + '.');
    line(out, "");
    for (RecipientStatus status : statuses) {
      line(out, '<' + status.recipient().address().toString() + ">: " + inWords(status));
    }
  }

  private static String inWords(RecipientStatus status) {
    String said = status.verdict().text();
    String where = status.remote().map(host -> " by " + host).orElse("");
    return switch (status.action()) {
      case FAILED ->
          "your message could not be delivered\r\n    (refused" + where + ": " + said + ')';
      case DELAYED ->
          "your message could not be delivered yet\r\n    ("
              + said
              + ").\r\n    It is still being tried; there is no need to send it again.";
      case DELIVERED -> "your message was delivered.";
      case RELAYED ->
          "your message was passed on" + where + ",\r\n    which will not tell about its delivery.";
      case EXPANDED -> "your message was passed on to several recipients.";
    };
  }

  /** RFC 3464 section 2.2. */
  private void perMessage(StringBuilder out, Subject subject) {
    subject
        .parameters()
        .envelopeId()
        .filter(id -> id.chars().allMatch(c -> c >= ' ' && c < 0x7f))
        .ifPresent(id -> line(out, "Original-Envelope-Id: " + id));
    line(out, "Reporting-MTA: dns; " + hostname);
    line(out, "Arrival-Date: " + MailDate.format(subject.arrived().toOffsetDateTime()));
  }

  /** RFC 3464 section 2.3. */
  private static void perRecipient(StringBuilder out, RecipientStatus status, OffsetDateTime now) {
    Recipient recipient = status.recipient();
    line(out, "");
    original(recipient).ifPresent(text -> line(out, "Original-Recipient: " + text));
    Address address = recipient.address();
    line(out, "Final-Recipient: " + (address.needsUtf8() ? "utf-8; " : "rfc822; ") + address);
    line(out, "Action: " + status.action().word());
    line(out, "Status: " + status.verdict().enhanced());
    status.remote().ifPresent(host -> line(out, "Remote-MTA: dns; " + host));
    if (status.remote().isPresent()) {
      String reply = status.verdict().code() + " " + status.verdict().enhanced();
      line(out, "Diagnostic-Code: smtp; " + folded(reply + ' ' + status.verdict().text()));
    }
    line(out, "Last-Attempt-Date: " + MailDate.format(now));
  }

  private static Optional<String> original(Recipient recipient) {
    return recipient
        .originalRecipient()
        .filter(o -> o.address().codePoints().noneMatch(Character::isISOControl))
        .map(OriginalRecipient::address)
        .map(address -> recipient.originalRecipient().orElseThrow().type() + "; " + address);
  }

  /** Long replies are folded at spaces, so that no line grows beyond what RFC 5322 allows. */
  private static String folded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 20);
    int column = 20;
    for (String word : text.split(" ", -1)) {
      if (column + word.length() > 76 && column > 20) {
        out.append("\r\n\t");
        column = 8;
      } else if (!out.isEmpty()) {
        out.append(' ');
      }
      out.append(word);
      column += word.length() + 1;
    }
    return out.toString();
  }

  private static void part(StringBuilder out, String boundary, String type, boolean eightBit) {
    line(out, "");
    line(out, "--" + boundary);
    line(out, "Content-Type: " + type);
    if (eightBit) {
      line(out, "Content-Transfer-Encoding: 8bit");
    }
    line(out, "");
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append("\r\n");
  }

  private static Optional<String> messageId(byte[] head) {
    return MessageHeader.of(header(head))
        .first("Message-ID")
        .filter(id -> id.length() < 500 && id.matches("<[\\x21-\\x7e]+>"));
  }

  /** The octets up to the blank line. */
  private static byte[] header(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
    String header = end < 0 ? text : text.substring(0, end == 0 ? 0 : end + 2);
    return header.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean eightBit(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }

  /** Parameters that the report itself needs. */
  public static MailParameters parameters(Address to, byte[] report) {
    if (to.needsUtf8()) {
      return new MailParameters(Map.of("SMTPUTF8", "", "BODY", "8BITMIME"));
    }
    return eightBit(report) ? new MailParameters(Map.of("BODY", "8BITMIME")) : MailParameters.NONE;
  }
}
