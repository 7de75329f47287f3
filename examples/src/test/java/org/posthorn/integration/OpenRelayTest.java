package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.Dispatch;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.delivery.Relay;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SenderIdentities;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.memory.MemoryStore;

/**
 * Ways in which strangers have made servers send their mail elsewhere. The relay behind this server
 * would take all of it.
 */
class OpenRelayTest {
  private static final String HOST = "mx.example.org";

  @TempDir Path spool;
  private final List<String> relayed = new CopyOnWriteArrayList<>();
  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private MailServer server;

  private final class WillingRelay implements Relay {
    @Override
    public Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) {
      return new Verdict(250, "2.1.5", "Will relay");
    }

    @Override
    public Verdict send(List<Dispatch> messages) {
      for (Dispatch message : messages) {
        message.recipients().forEach(recipient -> relayed.add(recipient.address().toString()));
      }
      return Verdict.OK;
    }
  }

  @BeforeEach
  void start() throws Exception {
    MemoryAuthenticator users = new MemoryAuthenticator().user("alice", "secret");
    LocalDelivery delivery =
        LocalDelivery.into(store, HOST)
            .domains(Set.of("example.org"))
            .relay(new WillingRelay())
            .spool(spool, 1 << 16)
            .build();
    server =
        MailServer.builder()
            .transport(new JdkTransport())
            .listen("smtp", "127.0.0.1", 0, TlsMode.NONE, SmtpService.mx(HOST, delivery).build())
            .listen(
                "submission",
                "127.0.0.1",
                0,
                TlsMode.NONE,
                SmtpService.submission(HOST, delivery, users)
                    .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
                    .failureDelay(FailureDelay.NONE)
                    .identities(SenderIdentities.ofAccounts(Set.of("example.org")))
                    .build())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    store.close();
  }

  /** The codes that lines are answered with, each sent when the one before was answered. */
  private List<Integer> codes(String listener, String... lines) throws IOException {
    List<Integer> codes = new ArrayList<>();
    try (OctetSocket socket = new OctetSocket(server.port(listener))) {
      reply(socket);
      for (String line : lines) {
        socket.send(line + "\r\n");
        codes.add(reply(socket));
      }
    }
    return codes;
  }

  private static int reply(OctetSocket socket) throws IOException {
    String line = socket.line();
    while (line.charAt(3) == '-') {
      line = socket.line();
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<spammer@elsewhere.example>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<victim@elsewhere.example>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<alice@example.org>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<postmaster@mx.example.org>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<spammer@[127.0.0.1]>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<spammer@localhost>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<spammer>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim%elsewhere.example@example.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim%elsewhere.example@[127.0.0.1]>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim%elsewhere.example@mx.example.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<\"victim@elsewhere.example\">",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<\"victim%elsewhere.example\">",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<\"victim@elsewhere.example\"@example.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<\"victim@elsewhere.example\"@[127.0.0.1]>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@elsewhere.example@example.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@elsewhere.example@[127.0.0.1]>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<@example.org:victim@elsewhere.example>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<@[127.0.0.1]:victim@elsewhere.example>",
        "MAIL FROM:<@example.org:s@example.org>|RCPT TO:<victim@elsewhere.example>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<elsewhere.example!victim>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<elsewhere.example!victim@example.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<elsewhere.example!victim@[127.0.0.1]>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@elsewhere.example.>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@ELSEWHERE.EXAMPLE>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@example.org.elsewhere.example>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@notexample.org>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@[192.0.2.1]>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<victim@localhost>",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:victim@elsewhere.example",
        "MAIL FROM:<s@elsewhere.example>|RCPT TO:<alice@example.org,victim@elsewhere.example>",
        "MAIL FROM:<s@elsewhere.example> AUTH=alice@example.org|RCPT TO:<victim@elsewhere.example>",
        "XCLIENT LOGIN=alice ADDR=127.0.0.1|RCPT TO:<victim@elsewhere.example>",
        "PROXY TCP4 127.0.0.1 127.0.0.1 1 25|RCPT TO:<victim@elsewhere.example>",
        "RSET|RCPT TO:<victim@elsewhere.example>"
      })
  void strangersSendNothingElsewhere(String dialogue) throws Exception {
    String[] lines = dialogue.split("\\|", -1);
    for (String helo : List.of("EHLO " + HOST, "HELO [127.0.0.1]", "EHLO localhost")) {
      List<Integer> codes = codes("smtp", helo, lines[0], lines[1], "DATA");
      assertTrue(codes.get(2) >= 500, () -> dialogue + ": " + codes);
      assertTrue(codes.get(3) >= 500, () -> dialogue + ": " + codes);
    }
    assertEquals(List.of(), relayed);
  }

  @Test
  void theRefusedRecipientOfTwoGetsNothing() throws Exception {
    List<Integer> codes =
        codes(
            "smtp",
            "EHLO x",
            "MAIL FROM:<s@elsewhere.example>",
            "RCPT TO:<alice@example.org>",
            "RCPT TO:<victim@elsewhere.example>",
            "DATA",
            "To: victim@elsewhere.example\r\nBcc: victim@elsewhere.example\r\n\r\nx\r\n.");
    assertEquals(List.of(250, 250, 250, 550, 354, 250), codes);
    assertEquals(List.of(), relayed);
  }

  @Test
  void nothingIsSmuggledBehindAMessage() throws Exception {
    for (String end : List.of("\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r\r\n.\r\n ")) {
      List<Integer> codes =
          codes(
              "smtp",
              "EHLO x",
              "MAIL FROM:<s@elsewhere.example>",
              "RCPT TO:<alice@example.org>",
              "DATA",
              "x" + end + "MAIL FROM:<a@b>\r\nRCPT TO:<victim@elsewhere.example>\r\nDATA\r\n.");
      assertEquals(List.of(250, 250, 250, 354, 250), codes);
    }
    assertEquals(List.of(), relayed);
  }

  @Test
  void submissionIsForThoseWhoProveWhoTheyAre() throws Exception {
    String wrong = "AUTH PLAIN " + base64("\0alice\0wrong");
    String right = "AUTH PLAIN " + base64("\0alice\0secret");
    String mail = "MAIL FROM:<alice@example.org>";
    String victim = "RCPT TO:<victim@elsewhere.example>";
    assertEquals(List.of(250, 530, 503), codes("submission", "EHLO x", mail, victim));
    assertEquals(List.of(250, 535, 530), codes("submission", "EHLO x", wrong, mail));
    assertEquals(
        List.of(250, 235, 553, 503),
        codes("submission", "EHLO x", right, "MAIL FROM:<boss@example.org>", victim));
    assertEquals(List.of(), relayed);
    assertEquals(
        List.of(250, 235, 250, 250, 354, 250),
        codes(
            "submission",
            "EHLO x",
            right,
            mail,
            victim,
            "DATA",
            "From: alice@example.org\r\n\r\nx\r\n."));
    assertEquals(List.of("victim@elsewhere.example"), relayed);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
