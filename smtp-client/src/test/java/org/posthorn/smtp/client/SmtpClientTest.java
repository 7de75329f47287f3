package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthorn.smtp.client.Orders.PLAIN;
import static org.posthorn.smtp.client.Orders.address;
import static org.posthorn.smtp.client.Orders.octets;
import static org.posthorn.smtp.client.Orders.order;
import static org.posthorn.smtp.client.Orders.receive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.client.SmtpClient.Need;

/** What the client says for one message. */
class SmtpClientTest {
  private static List<String> send(ClientSettings settings, MailOrder order, String script) {
    return send(settings, order, "Subject: x\r\n\r\n.dot\r\n", script);
  }

  private static List<String> send(
      ClientSettings settings, MailOrder order, String content, String script) {
    SmtpClient client = Script.play(settings, Optional.of(order), content, script);
    return client.result().orElseThrow().verdicts().stream()
        .map(v -> v.code() + " " + v.enhanced())
        .toList();
  }

  @Test
  void withoutPipeliningOneCommandAtATime() {
    assertEquals(
        List.of("250 2.0.0", "550 5.1.1"),
        send(
            PLAIN,
            order(Map.of(), "b@x.example", "c@x.example"),
            """
            S: 220-x.example
            S: 220 ready
            C: EHLO me.example
            S: 250 x.example
            C: MAIL FROM:<a@me.example>
            S: 250 ok
            C: RCPT TO:<b@x.example>
            S: 250 ok
            C: RCPT TO:<c@x.example>
            S: 550 5.1.1 who?
            C: DATA
            S: 354 go
            C: Subject: x
            C:\s
            C: ..dot
            C: .
            S: 250 2.0.0 taken
            """));
  }

  @Test
  void withPipeliningTheEnvelopeAtOnce() {
    assertEquals(
        List.of("250 2.6.0", "250 2.6.0"),
        send(
            PLAIN,
            order(Map.of("BODY", "8BITMIME"), "b@x.example", "c@x.example"),
            """
            S: 220 ready
            C: EHLO me.example
            S: 250-x.example
            S: 250-PIPELINING
            S: 250-SIZE 1000
            S: 250 8BITMIME
            C: MAIL FROM:<a@me.example> SIZE=20 BODY=8BITMIME
            C: RCPT TO:<b@x.example>
            C: RCPT TO:<c@x.example>
            S: 250 ok
            S: 250 ok
            S: 250 ok
            C: DATA
            S: 354 go
            C: Subject: x
            C:\s
            C: ..dot
            C: .
            S: 250 2.6.0 taken
            """));
  }

  @Test
  void whenNobodyIsTakenNothingIsSent() {
    assertEquals(
        List.of("450 4.0.0"),
        send(
            PLAIN,
            order(Map.of(), "b@x.example"),
            """
            S: 220 ready
            C: EHLO me.example
            S: 250-x.example
            S: 250 PIPELINING
            C: MAIL FROM:<a@me.example>
            C: RCPT TO:<b@x.example>
            S: 250 ok
            S: 450 later
            C: RSET
            S: 250 ok
            """));
  }

  @Test
  void aRefusedSenderIsRefusedForAll() {
    assertEquals(
        List.of("550 5.7.1", "550 5.7.1"),
        send(
            PLAIN,
            order(Map.of(), "b@x.example", "c@x.example"),
            """
            S: 220 ready
            C: EHLO me.example
            S: 250 x.example
            C: MAIL FROM:<a@me.example>
            S: 550 5.7.1 not you
            """));
  }

  @Test
  void lmtpAnswersForEach() {
    assertEquals(
        List.of("250 2.1.5", "550 5.1.1", "452 4.2.2"),
        send(
            ClientSettings.lmtp("me.example"),
            order(Map.of(), "b@x.example", "c@x.example", "d@x.example"),
            """
            S: 220 ready
            C: LHLO me.example
            S: 250-x.example
            S: 250 PIPELINING
            C: MAIL FROM:<a@me.example>
            C: RCPT TO:<b@x.example>
            C: RCPT TO:<c@x.example>
            C: RCPT TO:<d@x.example>
            S: 250 ok
            S: 250 ok
            S: 550 5.1.1 who?
            S: 250 ok
            C: DATA
            S: 354 go
            C: Subject: x
            C:\s
            C: ..dot
            C: .
            S: 250 2.1.5 delivered
            S: 452 4.2.2 full
            """));
  }

  @Test
  void wishesOfTheSenderArePassedOnWhereTheyAreUnderstood() {
    MailOrder order =
        new MailOrder(
            ReversePath.of(address("a@me.example")),
            new MailParameters(Map.of("RET", "HDRS", "ENVID", "QQ314159")),
            List.of(
                new Recipient(
                    address("b@x.example"),
                    Map.of("NOTIFY", "SUCCESS", "ORCPT", "rfc822;c@x.example"))),
            20);
    send(
        PLAIN,
        order,
        """
        S: 220 ready
        C: EHLO me.example
        S: 250-x.example
        S: 250 DSN
        C: MAIL FROM:<a@me.example> RET=HDRS ENVID=QQ314159
        S: 250 ok
        C: RCPT TO:<b@x.example> NOTIFY=SUCCESS ORCPT=rfc822;c@x.example
        S: 550 5.1.1 no
        C: RSET
        S: 250 ok
        """);
  }

  @Test
  void whatTheServerCannotTakeIsNotTried() {
    String greeting =
        """
        S: 220 ready
        C: EHLO me.example
        S: 250-x.example
        S: 250 SIZE 10
        """;
    assertEquals(List.of("552 5.3.4"), send(PLAIN, order(Map.of(), "b@x.example"), greeting));
    String small = greeting.replace("250 SIZE 10", "250 HELP");
    assertEquals(
        List.of("554 5.6.3"), send(PLAIN, order(Map.of("BODY", "8BITMIME"), "b@x.example"), small));
    assertEquals(
        List.of("553 5.6.7"), send(PLAIN, order(Map.of("SMTPUTF8", ""), "b@x.example"), small));
  }

  @Test
  void aDomainBeyondAsciiGoesAsALabelWhereItMust() {
    send(
        PLAIN,
        order(Map.of(), "b@bücher.example"),
        """
        S: 220 ready
        C: EHLO me.example
        S: 250 x.example
        C: MAIL FROM:<a@me.example>
        S: 250 ok
        C: RCPT TO:<b@xn--bcher-kva.example>
        S: 550 no
        C: RSET
        S: 250 ok
        """);
    send(
        PLAIN,
        order(Map.of(), "bü@bücher.example"),
        """
        S: 220 ready
        C: EHLO me.example
        S: 250-x.example
        S: 250 SMTPUTF8
        C: MAIL FROM:<a@me.example> SMTPUTF8
        S: 250 ok
        C: RCPT TO:<bü@bücher.example>
        S: 550 no
        C: RSET
        S: 250 ok
        """);
  }

  @Test
  void bdatNeedsNoStuffing() {
    SmtpClient client = new SmtpClient(PLAIN.withChunking(), () -> "n");
    client.opened();
    receive(client, "220 x\r\n");
    assertEquals("EHLO me.example\r\n", said(client));
    receive(client, "250-x\r\n250-PIPELINING\r\n250 CHUNKING\r\n");
    client.send(order(Map.of(), "b@x.example"));
    receive(client, "250 ok\r\n250 ok\r\n");
    said(client);
    assertEquals(Need.CONTENT, client.content(octets(".a\r\n")));
    assertEquals(Need.CONTENT, client.content(octets("b\n")));
    assertEquals(Need.INPUT, client.contentEnd());
    assertEquals("BDAT 4\r\n.a\r\nBDAT 2\r\nb\nBDAT 0 LAST\r\n", said(client));
    assertEquals(Need.READY, receive(client, "250 a\r\n552 5.2.2 full\r\n250 ok\r\n"));
    assertEquals("5.2.2", client.result().orElseThrow().verdicts().get(0).enhanced());
  }

  private static String said(SmtpClient client) {
    return StandardCharsets.UTF_8.decode(client.output()).toString();
  }
}
