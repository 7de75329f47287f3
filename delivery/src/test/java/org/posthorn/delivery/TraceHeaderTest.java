package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.store.Identity;

/** What Received tells, by policy. */
class TraceHeaderTest {
  private static final TlsInfo TLS =
      new TlsInfo("TLSv1.3", "TLS_AES_128_GCM_SHA256", null, List.of(), null, null);

  private static String received(TracePolicy policy, Map<String, String> parameters) {
    SmtpPeer plain = Deliveries.peer(SmtpRole.SUBMISSION);
    SmtpPeer peer =
        new SmtpPeer(
            plain.role(),
            plain.connection(),
            plain.helo(),
            Identity.owner("alice (the first)\u00E9"),
            TLS,
            "ESMTPSA");
    Submission submission =
        new Submission(peer, ReversePath.NULL, new MailParameters(parameters), List.of());
    ZonedDateTime when = ZonedDateTime.of(2026, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC);
    return TraceHeader.received(submission, policy, "mx.example.org", "x1", "bob@b.example", when);
  }

  private static String lines(String field) {
    assertEquals(0, field.replace("\r\n", "").chars().filter(c -> c < '\t' || c == '\n').count());
    return field.replace("\r\n", "\n");
  }

  /** RFC 8314 section 4.3; RFC 6710 section 7. */
  @Test
  void clausesStandBehindFor() {
    assertEquals(
        """
        Received: from client.example ([192.0.2.7])
        \tby mx.example.org with ESMTPSA id x1
        \tfor <bob@b.example>
        \ttls TLS_AES_128_GCM_SHA256 (TLSv1.3)
        \tPRIORITY -3;
        \tTue, 3 Feb 2026 04:05:06 +0000
        """,
        lines(received(TracePolicy.STANDARD, Map.of("MT-PRIORITY", "-3"))));
  }

  /** RFC 3865 section 2.6. */
  @Test
  void kindsOfSolicitationStandBehindTheProtocol() {
    assertEquals(
        """
        Received: from client.example ([192.0.2.7])
        \tby mx.example.org with ESMTPSA
        \t(NO-SOLICITING SOLICIT=net.example:ADV,org.example:ADV:ADLT)
        \tid x1
        \tfor <bob@b.example>;
        \tTue, 3 Feb 2026 04:05:06 +0000
        """,
        lines(
            received(
                new TracePolicy(false, false),
                Map.of("SOLICIT", "net.example:ADV,org.example:ADV:ADLT"))));
  }

  @Test
  void usersAreShownWhereTheIntegratorWants() {
    assertEquals(
        """
        Received: from client.example ([192.0.2.7])
        \tby mx.example.org with ESMTPSA id x1
        \t(authenticated as alice \\(the first\\)?)
        \tfor <bob@b.example>;
        \tTue, 3 Feb 2026 04:05:06 +0000
        """,
        lines(received(new TracePolicy(false, true), Map.of())));
  }
}
