package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.SmtpClient.Need;

class SmtpClientTest {
  private static final ClientSettings PLAIN =
      ClientSettings.smtp("me.example").withTls(TlsUse.NONE);

  private static Address address(String text) {
    try {
      return Address.parse(text);
    } catch (SmtpSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static MailOrder order(Map<String, String> parameters, String... recipients) {
    List<Recipient> all = new ArrayList<>();
    for (String recipient : recipients) {
      all.add(Recipient.of(address(recipient)));
    }
    return new MailOrder(
        ReversePath.of(address("a@me.example")), new MailParameters(parameters), all, 20);
  }

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

  private static Verdict failure(ClientSettings settings, String script) {
    return Script.play(settings, Optional.empty(), "", script).failure().orElseThrow();
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

  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Need receive(SmtpClient client, String text) {
    return client.receive(octets(text));
  }

  private static String said(SmtpClient client) {
    return StandardCharsets.UTF_8.decode(client.output()).toString();
  }

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

  /** Nothing in the content can be taken for its end, whatever the server takes for a line end. */
  @Property(tries = 2_000)
  void contentNeverEndsEarly(@ForAll("content") String content) {
    ContentWriter writer = new ContentWriter();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < content.length(); i++) {
      sent.append(
          StandardCharsets.UTF_8.decode(writer.stuffed(octets(content.substring(i, i + 1)))));
    }
    sent.append(writer.end());
    String all = sent.toString();
    assertEquals(all.length() - 3, ("\r\n" + all).indexOf("\r\n.\r\n"));
    assertEquals(-1, all.replace("\r\n", "").indexOf('\r'));
    assertEquals(-1, all.replace("\r\n", "").indexOf('\n'));
    String lines = content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    String undone =
        ("\r\n" + all.substring(0, all.length() - 3)).replace("\r\n.", "\r\n").substring(2);
    assertEquals(lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n", undone);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> content() {
    return net.jqwik.api.Arbitraries.strings().withChars('.', '\r', '\n', 'a').ofMaxLength(30);
  }

  /** Whatever a server says, the client ends or goes on; it throws nothing. */
  @Property(tries = 2_000)
  void anyServerIsEndured(@ForAll("server") String server) {
    SmtpClient client = new SmtpClient(PLAIN.withLogin("u", "p"), () -> "n");
    client.opened();
    Need need = client.receive(ByteBuffer.wrap(server.getBytes(StandardCharsets.ISO_8859_1)));
    if (need == Need.READY) {
      need = client.send(order(Map.of(), "b@x.example"));
    }
    client.endOfInput();
    assertEquals(Need.CLOSED, client.endOfInput());
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> server() {
    return net.jqwik.api.Arbitraries.of(
            "220 x\r\n",
            "250 x\r\n",
            "250-AUTH PLAIN SCRAM-SHA-1\r\n",
            "334 \r\n",
            "334 cj0=\r\n",
            "2",
            "50",
            "\r\n",
            "\n",
            "999 x\r\n",
            "250",
            "-",
            " ",
            "354 go\r\n",
            "é",
            "235 ok\r\n")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
