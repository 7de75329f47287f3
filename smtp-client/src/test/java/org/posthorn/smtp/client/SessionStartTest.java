package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.smtp.client.Orders.PLAIN;
import static org.posthorn.smtp.client.Orders.failure;
import static org.posthorn.smtp.client.Orders.receive;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.client.SmtpClient.Need;

/** What comes before the first message: greeting, TLS and login. */
class SessionStartTest {
  @Test
  void startTlsForgetsWhatWasAnnounced() {
    SmtpClient client =
        Script.play(
            PLAIN.withTls(TlsUse.OPPORTUNISTIC),
            Optional.empty(),
            "",
            """
            S: 220 ready
            C: EHLO me.example
            S: 250-x.example
            S: 250-DSN
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go
            TLS
            C: EHLO me.example
            S: 250 x.example
            """);
    assertEquals(ServerAbilities.NONE, client.abilities());
    assertTrue(client.failure().isEmpty());
  }

  @Test
  void whatIsSaidBeforeTheHandshakeEndsTheSession() {
    SmtpClient client = new SmtpClient(PLAIN.withTls(TlsUse.OPPORTUNISTIC), () -> "n");
    client.opened();
    receive(client, "220 x\r\n");
    receive(client, "250-x\r\n250 STARTTLS\r\n");
    assertEquals(Need.CLOSED, receive(client, "220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n"));
    assertEquals("4.7.0", client.failure().orElseThrow().enhanced());
  }

  @Test
  void requiredTlsIsRequired() {
    assertEquals(
        "4.7.4",
        failure(
                PLAIN.withTls(TlsUse.REQUIRED),
                """
                S: 220 ready
                C: EHLO me.example
                S: 250 x.example
                """)
            .enhanced());
  }

  @Test
  void passwordsWaitForTls() {
    ClientSettings login = PLAIN.withLogin("tim", "tanstaaftanstaaf");
    String offer =
        """
        S: 220 ready
        C: EHLO me.example
        S: 250-x.example
        S: 250 AUTH PLAIN LOGIN
        """;
    assertEquals("4.7.0", failure(login, offer).enhanced());
    Script.play(
        login.allowingPasswordsWithoutTls(),
        Optional.empty(),
        "",
        offer
            + """
            C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
            S: 235 2.7.0 in
            """);
    Script.play(
        login.allowingPasswordsWithoutTls(),
        Optional.empty(),
        "",
        offer.replace("PLAIN ", "")
            + """
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dGlt
            S: 334 UGFzc3dvcmQ6
            C: dGFuc3RhYWZ0YW5zdGFhZg==
            S: 235 2.7.0 in
            """);
  }

  /** The exchange of RFC 5802 section 5. */
  @Test
  void scramProvesBothSides() {
    String offer =
        """
        S: 220 ready
        C: EHLO me.example
        S: 250-x.example
        S: 250 AUTH PLAIN SCRAM-SHA-1
        C: AUTH SCRAM-SHA-1 biwsbj11c2VyLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdM
        S: 334 cj1meWtvK2QybGJiRmdPTlJ2OXFreGRhd0wzcmZjTkhZSlkxWlZ2V1ZzN2oscz1RU1hDUitRNnNlazhiZjkyLGk9NDA5Ng==
        C: Yz1iaXdzLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdMM3JmY05IWUpZMVpWdldWczdqLHA9djBYOHYzQnoyVDBDSkdiSlF5RjBYK0hJNFRzPQ==
        """;
    ClientSettings login = PLAIN.withLogin("user", "pencil");
    SmtpClient client =
        Script.play(
            login,
            Optional.empty(),
            "",
            offer
                + """
                S: 334 dj1ybUY5cHFWOFM3c3VBb1pXamE0ZEpSa0ZzS1E9
                C:\s
                S: 235 2.7.0 in
                """);
    assertTrue(client.failure().isEmpty());
    assertEquals(
        "4.7.0",
        failure(
                login,
                offer
                    + """
                    S: 334 dj1ybUY5cHFWOFM3c3VBb1pXamE0ZEpSa0ZzS1I9
                    C: *
                    S: 501 5.7.0 cancelled
                    """)
            .enhanced());
    assertEquals("4.7.0", failure(login, offer + "S: 235 2.7.0 in\n").enhanced());
  }

  @Test
  void heloWhereEhloIsUnknown() {
    Script.play(
        PLAIN,
        Optional.empty(),
        "",
        """
        S: 220 ready
        C: EHLO me.example
        S: 502 what?
        C: HELO me.example
        S: 250 x
        """);
  }

  @Test
  void aServerThatGoesAwayIsATemporaryFailure() {
    assertEquals("4.3.2", failure(PLAIN, "S: 421 4.3.2 closing\n").enhanced());
    SmtpClient client = new SmtpClient(PLAIN, () -> "n");
    client.opened();
    receive(client, "220 x\r\n");
    assertEquals(Need.CLOSED, client.endOfInput());
    assertTrue(client.failure().orElseThrow().temporary());
  }
}
