package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusAction;
import org.posthorn.delivery.report.StatusMessage;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;

/** Reports about senders, recipients and messages of all kinds. */
class StatusMessageTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-01-02T03:04:05+01:00");
  private static final String ORIGINAL = "Subject: x\r\nMessage-ID: <1@a>\r\n\r\nhello\r\n";

  private static String report(
      String sender, Map<String, String> wishes, String original, RecipientStatus... statuses) {
    StatusMessage.Subject subject =
        new StatusMessage.Subject(
            new MailParameters(wishes),
            original.getBytes(StandardCharsets.UTF_8),
            true,
            NOW.toZonedDateTime());
    Address to = Deliveries.address(sender);
    byte[] octets =
        new StatusMessage("mx.example.org").compose(to, subject, List.of(statuses), NOW);
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static RecipientStatus failed(String recipient) {
    return RecipientStatus.here(
        Recipient.of(Deliveries.address(recipient)),
        StatusAction.FAILED,
        new Verdict(550, "5.1.1", "No such user here"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@example.org", "a@[127.0.0.1]", "\"odd user\"@example.org", "a@[IPv6:::1]"})
  void everySenderGetsOne(String sender) {
    String report = report(sender, Map.of(), ORIGINAL, failed("b@example.org"));
    assertTrue(report.contains(sender), report);
    assertTrue(report.contains("\r\nFinal-Recipient: rfc822; b@example.org\r\n"), report);
    assertTrue(report.contains("\r\nReporting-MTA: dns; mx.example.org\r\n"), report);
    assertTrue(report.contains("\r\nArrival-Date: Fri, 2 Jan 2026 03:04:05 +0100\r\n"), report);
    assertTrue(report.contains("\r\nIn-Reply-To: <1@a>\r\n"), report);
    assertTrue(report.contains("\r\nhello\r\n"), report);
  }

  /** RFC 6533: an address beyond ASCII, to somebody who may not read UTF-8 header fields. */
  @Test
  void recipientsBeyondAsciiAreWrittenInAscii() {
    String report = report("a@example.org", Map.of(), ORIGINAL, failed("gr\u00fcn@example.org"));
    assertTrue(report.contains("\r\nFinal-Recipient: utf-8; gr\\x{FC}n@example.org\r\n"), report);
  }

  @Test
  void sendersBeyondAsciiReadUtf8() {
    String report =
        report("gr\u00fcn@example.org", Map.of(), ORIGINAL, failed("b\u00fc@example.org"));
    assertTrue(report.contains("\r\nFinal-Recipient: utf-8; b\u00fc@example.org\r\n"), report);
    assertTrue(report.contains("message/global-delivery-status"), report);
    Address to = Deliveries.address("gr\u00fcn@example.org");
    assertEquals(
        Map.of("SMTPUTF8", "", "BODY", "8BITMIME"),
        StatusMessage.parameters(to, new byte[0]).values());
  }

  @Test
  void theHeaderAloneIsReturnedWhereTheSenderWantsNoMore() {
    for (Map<String, String> wishes : List.of(Map.of("RET", "HDRS"), Map.of("REQUIRETLS", ""))) {
      String report = report("a@example.org", wishes, ORIGINAL, failed("b@example.org"));
      assertTrue(report.contains("Content-Type: text/rfc822-headers\r\n"), report);
      assertFalse(report.contains("hello"), report);
    }
  }

  @Test
  void aBrokenMessageIdIsLeftOut() {
    String report =
        report("a@example.org", Map.of(), "Message-ID: <a<b>c>\r\n\r\n", failed("b@example.org"));
    assertFalse(report.contains("In-Reply-To"), report);
  }
}
