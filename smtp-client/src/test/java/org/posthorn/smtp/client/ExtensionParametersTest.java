package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;

/** What is passed on to a server that knows it, and what comes of one that does not. */
class ExtensionParametersTest {
  private static final ClientSettings PLAIN =
      ClientSettings.smtp("me.example").withTls(TlsUse.NONE);
  private static final ClientSettings PROVEN =
      ClientSettings.smtp("me.example").withTls(TlsUse.REQUIRED);
  private static final ReversePath SENDER = ReversePath.of(new Address("a", "me.example"));
  private static final String CONTENT = "Subject: x\r\n\r\n";

  private static List<String> send(
      ClientSettings settings,
      ReversePath sender,
      Map<String, String> mail,
      Map<String, String> rcpt,
      String script) {
    MailOrder order =
        new MailOrder(
            sender,
            new MailParameters(mail),
            List.of(new Recipient(new Address("b", "x.example"), rcpt)),
            14);
    SmtpClient client = Script.play(settings, Optional.of(order), CONTENT, script);
    return client.result().orElseThrow().verdicts().stream()
        .map(v -> v.code() + " " + v.enhanced())
        .toList();
  }

  private static String greeting(String... keywords) {
    return "S: 220 ready\nC: EHLO me.example\nS: 250-x.example\n"
        + "S: 250-"
        + String.join("\nS: 250-", keywords)
        + "\nS: 250 HELP\n";
  }

  private static final String TRANSFER =
      """
      S: 250 ok
      C: DATA
      S: 354 go
      C: Subject: x
      C:\s
      C: .
      S: 250 2.0.0 taken
      """;

  @Test
  void timePriorityAndOwnerArePassedOn() {
    assertEquals(
        List.of("250 2.0.0"),
        send(
            PLAIN,
            SENDER,
            Map.of("BY", "120;R", "MT-PRIORITY", "3", "HOLDFOR", "7"),
            Map.of("RRVS", "2020-01-01T00:00:00Z;R"),
            greeting("DELIVERBY 60", "MT-PRIORITY", "RRVS")
                + """
                C: MAIL FROM:<a@me.example> BY=120;R MT-PRIORITY=3
                S: 250 ok
                C: RCPT TO:<b@x.example> RRVS=2020-01-01T00:00:00Z;R
                """
                + TRANSFER));
  }

  @Test
  void whatMayBeDroppedIsDroppedWhereTheServerDoesNotKnowIt() {
    assertEquals(
        List.of("250 2.0.0"),
        send(
            PLAIN,
            SENDER,
            Map.of("BY", "120;N", "MT-PRIORITY", "3"),
            Map.of("RRVS", "2020-01-01T00:00:00Z;C"),
            greeting("8BITMIME")
                + """
                C: MAIL FROM:<a@me.example>
                S: 250 ok
                C: RCPT TO:<b@x.example>
                """
                + TRANSFER));
  }

  /** RFC 2852 section 4.1.4.1. */
  @Test
  void mailToBeReturnedInTimeNeedsAServerThatPromisesSo() {
    Map<String, String> by = Map.of("BY", "30;R");
    assertEquals(List.of("554 5.3.3"), send(PLAIN, SENDER, by, Map.of(), greeting("8BITMIME")));
    assertEquals(List.of("554 5.3.3"), send(PLAIN, SENDER, by, Map.of(), greeting("DELIVERBY 60")));
  }

  /** RFC 7293 section 5.1.1. */
  @Test
  void aRecipientWhoseOwnerIsToBeComparedNeedsAServerThatCompares() {
    for (String since : List.of("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z;R")) {
      assertEquals(
          List.of("550 5.7.19"),
          send(
              PLAIN,
              SENDER,
              Map.of(),
              Map.of("RRVS", since),
              greeting("8BITMIME")
                  + """
                  C: MAIL FROM:<a@me.example>
                  S: 250 ok
                  C: RSET
                  S: 250 ok
                  """));
    }
  }

  private static final String TLS =
      greeting("STARTTLS", "REQUIRETLS") + "C: STARTTLS\nS: 220 go\nTLS\n";

  private static String afterTls(String keyword) {
    return "C: EHLO me.example\nS: 250-x.example\nS: 250 " + keyword + "\n";
  }

  /** RFC 8689 section 4.2.1. */
  @Test
  void requireTlsIsPassedOnOverProvenTls() {
    assertEquals(
        List.of("250 2.0.0"),
        send(
            PROVEN,
            SENDER,
            Map.of("REQUIRETLS", ""),
            Map.of(),
            TLS
                + afterTls("REQUIRETLS")
                + """
                C: MAIL FROM:<a@me.example> REQUIRETLS
                S: 250 ok
                C: RCPT TO:<b@x.example>
                """
                + TRANSFER));
  }

  @Test
  void requireTlsGoesNowhereWithoutThePromiseOfTheServer() {
    Map<String, String> tls = Map.of("REQUIRETLS", "");
    assertEquals(
        List.of("550 5.7.30"), send(PROVEN, SENDER, tls, Map.of(), TLS + afterTls("HELP")));
  }

  @Test
  void requireTlsGoesNowhereWithoutProvenTls() {
    Map<String, String> tls = Map.of("REQUIRETLS", "");
    assertEquals(List.of("550 5.7.10"), send(PLAIN, SENDER, tls, Map.of(), greeting("REQUIRETLS")));
    ClientSettings unproven = PROVEN.withTls(TlsUse.OPPORTUNISTIC);
    assertEquals(
        List.of("550 5.7.10"), send(unproven, SENDER, tls, Map.of(), TLS + afterTls("REQUIRETLS")));
  }

  /** RFC 8689 section 5. */
  @Test
  void aBounceThatRequiresTlsIsNotLost() {
    assertEquals(
        List.of("250 2.0.0"),
        send(
            PLAIN,
            ReversePath.NULL,
            Map.of("REQUIRETLS", ""),
            Map.of(),
            greeting("8BITMIME")
                + """
                C: MAIL FROM:<>
                S: 250 ok
                C: RCPT TO:<b@x.example>
                """
                + TRANSFER));
  }

  @Test
  void limitsAreRead() {
    ServerAbilities abilities =
        new ServerAbilities(Map.of("LIMITS", "MAILMAX=20 rcptmax=7 RCPTDOMAINMAX=0"));
    assertEquals(OptionalInt.of(20), abilities.limit("MAILMAX"));
    assertEquals(OptionalInt.of(7), abilities.limit("RCPTMAX"));
    assertEquals(OptionalInt.empty(), abilities.limit("RCPTDOMAINMAX"));
    assertEquals(OptionalInt.empty(), ServerAbilities.NONE.limit("MAILMAX"));
  }
}
