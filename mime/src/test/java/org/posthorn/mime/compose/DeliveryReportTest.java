package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Address;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

class DeliveryReportTest {

  private static final byte[] ORIGINAL =
      "From: joe@example.net\r\nSubject: Hi\r\n\r\nHow are you?\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static DeliveryReport report() {
    return new DeliveryReport(Written.origin(), "mx.example.org")
        .to(Address.Mailbox.of("joe@example.net"));
  }

  @Test
  void aBounceWithTheWholeMessage() throws IOException {
    MimePart bounce =
        report()
            .envelopeId("QQ314159")
            .receivedFrom("client.example.net")
            .arrival(OffsetDateTime.parse("2026-01-02T03:00:00Z"))
            .recipient(
                RecipientStatus.of("ann@example.com", RecipientStatus.Action.FAILED, "5.1.1")
                    .withOriginalRecipient("rfc822;ann@example.org")
                    .withReply("mail.example.com", "550 5.1.1 No\r\nsuch user")
                    .withLogId("A1"))
            .returnMessage(Message.of(ORIGINAL))
            .build();
    assertEquals(
        """
        Date: Fri, 2 Jan 2026 04:04:05 +0100
        From: Mail Delivery System <MAILER-DAEMON@example.org>
        To: joe@example.net
        Subject: Undelivered mail returned to sender
        Message-ID: <00000007x00000002@example.org>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="=_0_00000007x00000001"

        --=_0_00000007x00000001
        Content-Type: text/plain; charset=us-ascii
        Content-Description: Notification

        This is the mail system at host mx.example.org.

        Your message could not be delivered to:

          <ann@example.com>: host mail.example.com said: 550 5.1.1 No such user (5.1.1)

        --=_0_00000007x00000001
        Content-Type: message/delivery-status
        Content-Description: Delivery report

        Original-Envelope-Id: QQ314159
        Reporting-MTA: dns; mx.example.org
        Received-From-MTA: dns; client.example.net
        Arrival-Date: Fri, 2 Jan 2026 03:00:00 +0000

        Original-Recipient: rfc822; ann@example.org
        Final-Recipient: rfc822; ann@example.com
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mail.example.com
        Diagnostic-Code: smtp; 550 5.1.1 No such user
        Final-Log-ID: A1

        --=_0_00000007x00000001
        Content-Type: message/rfc822

        From: joe@example.net
        Subject: Hi

        How are you?

        --=_0_00000007x00000001--
        """,
        Written.text(bounce, OutputForm.SEVEN_BIT));
    MessagePart returned = Written.message(bounce, OutputForm.SEVEN_BIT).part(3);
    assertNotNull(returned);
    assertArrayEquals(ORIGINAL, returned.content().readAllBytes());
  }

  @Test
  void aDelayWithTheHeaderAlone() throws IOException {
    MimePart delay =
        report()
            .recipient(
                RecipientStatus.of("a@example.com", RecipientStatus.Action.DELAYED, "4.4.1")
                    .withDiagnostic("connection timed out")
                    .withAttempts(
                        OffsetDateTime.parse("2026-01-02T03:00:00Z"),
                        OffsetDateTime.parse("2026-01-07T03:00:00Z")))
            .recipient(RecipientStatus.of("b@example.com", RecipientStatus.Action.RELAYED, "2.0.0"))
            .returnHeader(Message.of(ORIGINAL))
            .build();
    Message message = Written.message(delay, OutputForm.SEVEN_BIT);
    assertEquals("Delayed mail (still being retried)", message.subject());
    MessagePart status = message.part(2);
    assertNotNull(status);
    String fields = status.text(10_000);
    assertTrue(fields.contains("Will-Retry-Until: Wed, 7 Jan 2026 03:00:00 +0000\r\n"), fields);
    assertEquals(3, fields.split("\r\n\r\n", -1).length);
    MessagePart header = message.part(3);
    assertNotNull(header);
    assertEquals("text/rfc822-headers", header.mediaType());
    assertEquals("From: joe@example.net\r\nSubject: Hi\r\n", header.text(1000));
  }

  @Test
  void addressesAboveAscii() throws IOException {
    DeliveryReport report =
        report()
            .recipient(
                RecipientStatus.of("jörg@exämple.com", RecipientStatus.Action.FAILED, "5.1.1"))
            .returnHeader(Message.of("Subject: Grüße\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    MimePart bounce = report.build();
    MessagePart ascii = Written.message(bounce, OutputForm.SEVEN_BIT).part(2);
    assertNotNull(ascii);
    assertEquals("message/delivery-status", ascii.mediaType());
    assertTrue(
        ascii.text(1000).contains("Final-Recipient: utf-8; j\\x{F6}rg@ex\\x{E4}mple.com"),
        ascii.text(1000));
    Message utf8 = Written.message(bounce, OutputForm.UTF8);
    MessagePart global = utf8.part(2);
    assertNotNull(global);
    assertEquals("message/global-delivery-status", global.mediaType());
    assertTrue(global.text(1000).contains("Final-Recipient: utf-8; jörg@exämple.com"));
    MessagePart header = utf8.part(3);
    assertNotNull(header);
    assertEquals("message/global-headers", header.mediaType());
    assertEquals("Subject: Grüße\r\n", header.text(1000));
  }

  @Test
  void aReportNeedsARecipientAndARealStatus() {
    assertThrows(IllegalStateException.class, () -> report().build());
    assertThrows(
        IllegalArgumentException.class,
        () -> RecipientStatus.of("a@b", RecipientStatus.Action.FAILED, "550"));
  }
}
