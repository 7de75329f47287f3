package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.delivery.Spool;
import org.posthorn.delivery.check.Check;
import org.posthorn.delivery.check.CheckedHandler;
import org.posthorn.delivery.check.Checker;
import org.posthorn.delivery.check.Findings;
import org.posthorn.delivery.check.HeaderEdit;
import org.posthorn.delivery.check.MailboxQuarantine;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

/**
 * What a handler may do with mail, through a running server: rewrite, redirect, quarantine, tag,
 * refuse one recipient of many, discard. A checker finds what the subject asks for.
 */
class HandlerActionsTest {
  private static final Verdict NOT_FOR_BOB = new Verdict(550, "5.7.1", "Not for bob");

  @TempDir Path folder;

  /** Does what the subject says. */
  private final Checker obedient =
      peer ->
          new Check() {
            @Override
            public Verdict recipient(Recipient recipient) {
              return recipient.address().localPart().equals("bob+no") ? NOT_FOR_BOB : Verdict.OK;
            }

            @Override
            public Findings content(Spool content) throws StoreException {
              String head = StandardCharsets.US_ASCII.decode(content.head(1_000)).toString();
              int subject = head.indexOf("Subject: ") + 9;
              return findings(head.substring(subject, head.indexOf('\r', subject)));
            }
          };

  private Findings findings(String wish) throws StoreException {
    Findings.Builder findings = new Findings.Builder();
    switch (wish) {
      case "rewrite" -> {
        Spool body = new Spool(folder, 16);
        body.write(ByteBuffer.wrap("Something else.\r\n".getBytes(StandardCharsets.US_ASCII)));
        findings.body(body).edit(new HeaderEdit.Change("Subject", 1, "rewritten"));
      }
      case "redirect" ->
          findings
              .removeRecipient(new Address("alice", "example.org"))
              .addRecipient(new Address("bob", "example.org"))
              .sender(ReversePath.of(new Address("list", "example.org")));
      case "quarantine" -> findings.quarantine("looks odd");
      case "tag" -> findings.edit(new HeaderEdit.Insert(0, "X-Spam", "yes"));
      case "refuse" -> findings.refuse(new Verdict(554, "5.7.1", "No thanks"));
      case "discard" -> findings.discard();
      default -> findings.edit(new HeaderEdit.Add("X-Seen", "yes"));
    }
    return findings.build();
  }

  private TestServer start(Setup.Driver driver) throws Exception {
    MailStore store = MemoryStore.builder().build();
    return TestServer.start(
        driver,
        store,
        folder,
        delivery ->
            CheckedHandler.before(delivery)
                .checker(obedient)
                .quarantine(new MailboxQuarantine(store, "bob", MailboxName.of("Held")))
                .spool(folder.resolve("checks"), 64)
                .build());
  }

  /** The last replies, as many as there are to the content. */
  private static List<String> send(
      TestServer server, String listener, String subject, String... recipients) throws IOException {
    try (OctetSocket socket = new OctetSocket(server.port(listener))) {
      boolean lmtp = listener.equals("lmtp");
      reply(socket);
      socket.send((lmtp ? "LHLO" : "EHLO") + " client.example\r\n");
      reply(socket);
      List<String> replies = new ArrayList<>();
      socket.send("MAIL FROM:<sender@example.net>\r\n");
      reply(socket);
      int taken = 0;
      for (String recipient : recipients) {
        socket.send("RCPT TO:<" + recipient + ">\r\n");
        String reply = reply(socket);
        if (reply.startsWith("250")) {
          taken++;
        } else {
          replies.add(reply);
        }
      }
      socket.send("DATA\r\n");
      assertTrue(reply(socket).startsWith("354"));
      socket.send("Subject: " + subject + "\r\n\r\nHi.\r\n.\r\n");
      for (int i = 0; i < (lmtp ? taken : 1); i++) {
        replies.add(reply(socket));
      }
      return replies;
    }
  }

  private static String reply(OctetSocket socket) throws IOException {
    String line = socket.line();
    while (line.charAt(3) == '-') {
      line = socket.line();
    }
    return line;
  }

  /** What came for a user; it is taken away. */
  private static List<String> mail(TestServer server, String user) throws IOException {
    try (Pop3Client pop3 = server.pop3(user)) {
      List<String> messages = new ArrayList<>();
      int count = pop3.count();
      for (int i = 1; i <= count; i++) {
        messages.add(new String(pop3.retrieve(i), StandardCharsets.US_ASCII));
        pop3.ask("DELE " + i);
      }
      pop3.quit();
      return messages;
    }
  }

  private static String one(List<String> mail) {
    assertEquals(1, mail.size(), mail.toString());
    return mail.get(0);
  }

  private static void assertTaken(List<String> replies) {
    assertTrue(replies.stream().allMatch(reply -> reply.startsWith("250")), replies.toString());
  }

  @ParameterizedTest
  @EnumSource(Setup.Driver.class)
  void changesWhatIsDelivered(Setup.Driver driver) throws Exception {
    try (TestServer server = start(driver)) {
      for (String listener : List.of("smtp", "lmtp")) {
        assertTaken(send(server, listener, "rewrite", TestServer.ALICE));
        String rewritten = one(mail(server, "alice"));
        assertTrue(rewritten.endsWith("Subject: rewritten\r\n\r\nSomething else.\r\n"), rewritten);

        assertTaken(send(server, listener, "tag", TestServer.ALICE, TestServer.BOB));
        for (String user : List.of("alice", "bob")) {
          String tagged = one(mail(server, user));
          assertTrue(tagged.contains("\r\nX-Spam: yes\r\nSubject: tag\r\n\r\nHi.\r\n"), tagged);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Setup.Driver.class)
  void changesWhereItGoes(Setup.Driver driver) throws Exception {
    try (TestServer server = start(driver)) {
      for (String listener : List.of("smtp", "lmtp")) {
        assertTaken(send(server, listener, "redirect", TestServer.ALICE));
        assertEquals(List.of(), mail(server, "alice"));
        String redirected = one(mail(server, "bob"));
        assertTrue(redirected.startsWith("Return-Path: <list@example.org>\r\n"), redirected);

        assertEquals(
            List.of("250 2.0.0 OK, held"),
            send(server, listener, "quarantine", TestServer.ALICE),
            listener);
        assertTaken(send(server, listener, "discard", TestServer.ALICE, TestServer.BOB));
        assertEquals(List.of(), mail(server, "alice"));
        assertEquals(List.of(), mail(server, "bob"));
      }
      try (ImapClient imap = server.imap("bob")) {
        imap.ask("SELECT Held");
        List<ImapClient.Response> held = imap.ask("FETCH 1:* BODY.PEEK[HEADER]");
        assertEquals(2, held.size());
        for (ImapClient.Response one : held) {
          String header = new String(one.literals().get(0), StandardCharsets.US_ASCII);
          assertTrue(header.startsWith("X-Quarantine-Reason: looks odd\r\n"), header);
          assertTrue(header.contains("X-Envelope-To: <" + TestServer.ALICE + ">"), header);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Setup.Driver.class)
  void refusesAllOrOneOfMany(Setup.Driver driver) throws Exception {
    String no = "554 5.7.1 No thanks";
    String notForBob = "550 5.7.1 Not for bob";
    String bob = "bob+no@example.org";
    try (TestServer server = start(driver)) {
      assertEquals(List.of(no), send(server, "smtp", "refuse", TestServer.ALICE, TestServer.BOB));
      assertEquals(
          List.of(no, no), send(server, "lmtp", "refuse", TestServer.ALICE, TestServer.BOB));
      for (String listener : List.of("smtp", "lmtp")) {
        List<String> replies = send(server, listener, "mixed", TestServer.ALICE, bob);
        assertEquals(2, replies.size());
        assertEquals(notForBob, replies.get(0));
        assertTrue(replies.get(1).startsWith("250"), replies.get(1));
        assertTrue(one(mail(server, "alice")).contains("X-Seen: yes"));
        assertEquals(List.of(), mail(server, "bob"));
      }
    }
  }
}
