package org.posthorn.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.store.MailboxName;

/** One server for all tests of this class. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PosthornExtensionTest {
  @RegisterExtension
  static final PosthornExtension MAIL =
      PosthornExtension.builder().user("alice", "secret").user("bob", "hidden").build();

  private static int portOfFirstTest;

  @Test
  @Order(1)
  void whatIsDeliveredIsRead() throws IOException {
    portOfFirstTest = MAIL.port(MailPort.IMAP);
    MAIL.deliver("alice", "Subject: hello\n\nHello.\n");
    assertEquals("Subject: hello\r\n\r\nHello.\r\n", MAIL.inbox("alice").get(0).text());
    try (LineClient pop3 = new LineClient(MAIL.port(MailPort.POP3))) {
      pop3.line();
      pop3.ask("USER alice");
      pop3.ask("PASS secret");
      assertEquals("+OK 1 26", pop3.ask("STAT"));
    }
  }

  @Test
  @Order(2)
  void everyTestBeginsWithEmptyMailboxesOfTheSameServer() {
    assertEquals(portOfFirstTest, MAIL.port(MailPort.IMAP));
    assertEquals(0, MAIL.inbox("alice").size());
  }

  @Test
  @Order(3)
  void whatIsSentIsThere() throws IOException {
    try (LineClient smtp = new LineClient(MAIL.port(MailPort.SMTP))) {
      smtp.line();
      assertTrue(smtp.ask("HELO client.example").startsWith("250 "));
      assertTrue(smtp.ask("MAIL FROM:<carol@example.net>").startsWith("250 "));
      assertTrue(smtp.ask("RCPT TO:<alice@example.org>").startsWith("250 "));
      assertTrue(smtp.ask("RCPT TO:<nobody@example.org>").startsWith("550 "));
      assertTrue(smtp.ask("DATA").startsWith("354 "));
      assertTrue(smtp.ask("Subject: hi", "", "..dot", ".").startsWith("250 "));
    }
    StoredMessage message = MAIL.inbox("alice").get(0);
    assertTrue(message.text().endsWith("Subject: hi\r\n\r\n.dot\r\n"), message.text());
    assertEquals(0, MAIL.inbox("bob").size());
  }

  @Test
  @Order(4)
  void mailboxesOfClientsAreSeen() throws IOException {
    MAIL.deliver("bob", "Subject: one\n\n");
    try (LineClient imap = new LineClient(MAIL.port(MailPort.IMAP))) {
      imap.line();
      imap.ask("a LOGIN bob hidden");
      imap.ask("b CREATE Archive");
      imap.ask("c SELECT INBOX");
      imap.until("c OK");
      imap.ask("d MOVE 1 Archive");
      imap.until("d OK");
    }
    assertEquals(1, MAIL.messages("bob", MailboxName.parse("Archive")).size());
    MAIL.reset();
    assertEquals(0, MAIL.inbox("bob").size());
  }

  @ParameterizedTest
  @EnumSource(MailPort.class)
  @Order(5)
  void everyPortGreets(MailPort port) throws IOException {
    try (LineClient client =
        port.implicitTls()
            ? new LineClient(MAIL.clientTls().getSocketFactory(), MAIL.port(port))
            : new LineClient(MAIL.port(port))) {
      String greeting = client.line();
      assertTrue(greeting.matches("(\\* OK |\\+OK|220 ).*"), greeting);
    }
  }

  @Test
  @Order(6)
  void unknownUsersAreAMistake() {
    assertThrows(IllegalArgumentException.class, () -> MAIL.inbox("carol"));
    assertThrows(IllegalArgumentException.class, () -> MAIL.deliver("carol", "\n"));
  }
}
