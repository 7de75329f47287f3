package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Address;
import org.posthorn.mime.message.Message;

class DispositionReportTest {

  private static final Address.Mailbox SELF = Address.Mailbox.of("Ann", "ann@example.org");

  private static Message message(String text) {
    return Message.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsThatAMessageWasDisplayed() throws IOException {
    Message original =
        message(
            """
            From: joe@example.net
            Subject: Hi
            Message-ID: <1@example.net>
            Original-Recipient: rfc822;list@example.org
            Disposition-Notification-To: Joe <joe@example.net>

            text
            """);
    MimePart report =
        new DispositionReport(
                Written.origin(),
                original,
                SELF,
                DispositionReport.Type.DISPLAYED,
                DispositionReport.Mode.MANUAL)
            .reportingUa("pc.example.org; Mailer 1.0")
            .returnHeader()
            .build();
    assertEquals(
        """
        Date: Fri, 2 Jan 2026 04:04:05 +0100
        From: Ann <ann@example.org>
        To: Joe <joe@example.net>
        Subject: Disposition notification: Hi
        Message-ID: <00000007x00000002@example.org>
        In-Reply-To: <1@example.net>
        References: <1@example.net>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=disposition-notification;
         boundary="=_0_00000007x00000001"

        --=_0_00000007x00000001
        Content-Type: text/plain; charset=us-ascii

        Your message

          To: ann@example.org
          Subject: Hi

        was displayed. This is no promise that somebody has read or understood it.

        --=_0_00000007x00000001
        Content-Type: message/disposition-notification

        Reporting-UA: pc.example.org; Mailer 1.0
        Original-Recipient: rfc822; list@example.org
        Final-Recipient: rfc822; ann@example.org
        Original-Message-ID: <1@example.net>
        Disposition: manual-action/MDN-sent-manually; displayed

        --=_0_00000007x00000001
        Content-Type: text/rfc822-headers

        From: joe@example.net
        Subject: Hi
        Message-ID: <1@example.net>
        Original-Recipient: rfc822;list@example.org
        Disposition-Notification-To: Joe <joe@example.net>

        --=_0_00000007x00000001--
        """,
        Written.text(report, OutputForm.SEVEN_BIT));
  }

  @Test
  void errorsAreTold() throws IOException {
    Message original = message("Disposition-Notification-To: joe@example.net\n\n");
    MimePart report =
        new DispositionReport(
                Written.origin(),
                original,
                SELF,
                DispositionReport.Type.PROCESSED,
                DispositionReport.Mode.AUTOMATIC)
            .error("no\nspace")
            .text("Sorry.")
            .returnMessage()
            .build();
    String fields =
        Written.message(report, OutputForm.SEVEN_BIT).root().children().get(1).text(999);
    assertEquals(
        """
        Final-Recipient: rfc822; ann@example.org
        Disposition: automatic-action/MDN-sent-automatically; processed/error
        Error: no space
        """,
        fields.replace("\r\n", "\n"));
  }

  @Test
  void nobodyIsToldWhoDidNotAsk() {
    DispositionReport report =
        new DispositionReport(
            Written.origin(),
            message("From: joe@example.net\n\n"),
            SELF,
            DispositionReport.Type.DELETED,
            DispositionReport.Mode.MANUAL);
    assertThrows(IllegalStateException.class, report::build);
  }
}
