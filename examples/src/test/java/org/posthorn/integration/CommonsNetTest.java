package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import org.apache.commons.net.imap.AuthenticatingIMAPClient;
import org.apache.commons.net.imap.IMAPSClient;
import org.apache.commons.net.pop3.POP3MessageInfo;
import org.apache.commons.net.pop3.POP3SClient;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program does with Apache Commons Net, which shows more of the wire. */
class CommonsNetTest {
  private static final String MESSAGE =
      """
      From: Bob <bob@example.org>
      To: alice@example.org
      Subject: hello

      Hello,
      .a line with a dot
      and its end.
      """
          .replace("\n", "\r\n");

  @TempDir Path folder;

  static Stream<Setup> all() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void mailFlowsOverStartTls(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder)) {
      sendByCommons(server, AuthenticatingSMTPClient.AUTH_METHOD.PLAIN);
      sendByCommons(server, AuthenticatingSMTPClient.AUTH_METHOD.LOGIN);
      readByImap(server);
      readByPop3(server);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void mailFlowsOverImplicitTls(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder)) {
      AuthenticatingSMTPClient smtp = new AuthenticatingSMTPClient("TLS", true);
      smtp.setTrustManager(TestTls.trustManager());
      smtp.connect(TestServer.HOST, server.port("submissions"));
      submit(smtp, AuthenticatingSMTPClient.AUTH_METHOD.PLAIN);

      AuthenticatingIMAPClient imap = new AuthenticatingIMAPClient(true);
      imap.setTrustManager(TestTls.trustManager());
      imap.connect(TestServer.HOST, server.port("imaps"));
      assertTrue(
          imap.authenticate(
              AuthenticatingIMAPClient.AUTH_METHOD.PLAIN, "alice", TestServer.PASSWORD),
          imap::getReplyString);
      assertTrue(imap.examine("INBOX"));
      assertTrue(imap.getReplyString().contains("* 1 EXISTS"), imap::getReplyString);
      assertTrue(imap.logout());
      imap.disconnect();

      POP3SClient pop3 = new POP3SClient(true);
      pop3.setTrustManager(TestTls.trustManager());
      pop3.connect(TestServer.HOST, server.port("pop3s"));
      assertTrue(pop3.login("alice", TestServer.PASSWORD));
      assertEquals(1, pop3.status().number);
      assertTrue(pop3.logout());
      pop3.disconnect();
    }
  }

  private static void sendByCommons(TestServer server, AuthenticatingSMTPClient.AUTH_METHOD method)
      throws Exception {
    AuthenticatingSMTPClient smtp = new AuthenticatingSMTPClient("TLS", false);
    smtp.setTrustManager(TestTls.trustManager());
    smtp.connect(TestServer.HOST, server.port("submission"));
    assertEquals(250, smtp.ehlo("client.example.org"));
    assertTrue(smtp.execTLS(), smtp::getReplyString);
    submit(smtp, method);
  }

  private static void submit(
      AuthenticatingSMTPClient smtp, AuthenticatingSMTPClient.AUTH_METHOD method)
      throws IOException, GeneralSecurityException {
    assertEquals(250, smtp.ehlo("client.example.org"));
    assertTrue(smtp.auth(method, "bob", TestServer.PASSWORD), smtp::getReplyString);
    assertTrue(smtp.setSender(TestServer.BOB), smtp::getReplyString);
    assertTrue(smtp.addRecipient(TestServer.ALICE), smtp::getReplyString);
    assertTrue(!smtp.addRecipient("carol@elsewhere.example"), smtp::getReplyString);
    try (Writer content = smtp.sendMessageData()) {
      assertNotNull(content, smtp::getReplyString);
      content.write(MESSAGE);
    }
    assertTrue(smtp.completePendingCommand(), smtp::getReplyString);
    assertTrue(smtp.logout());
    smtp.disconnect();
  }

  private static void readByImap(TestServer server) throws IOException {
    IMAPSClient imap = new IMAPSClient(false);
    imap.setTrustManager(TestTls.trustManager());
    imap.connect(TestServer.HOST, server.port("imap"));
    assertTrue(imap.capability());
    assertTrue(imap.getReplyString().contains("IMAP4rev1"), imap::getReplyString);
    assertTrue(imap.execTLS(), imap::getReplyString);
    assertTrue(imap.login("alice", TestServer.PASSWORD), imap::getReplyString);
    assertTrue(imap.select("INBOX"));
    assertTrue(imap.getReplyString().contains("* 2 EXISTS"), imap::getReplyString);
    assertTrue(imap.fetch("1", "(FLAGS BODY.PEEK[TEXT])"));
    assertTrue(imap.getReplyString().contains(".a line with a dot"), imap::getReplyString);
    assertTrue(imap.store("1", "+FLAGS", "(\\Flagged)"));
    assertTrue(imap.search("FLAGGED SUBJECT hello"));
    assertTrue(imap.getReplyString().contains("* SEARCH 1\r\n"), imap::getReplyString);
    assertTrue(imap.create("Archive"));
    assertTrue(imap.copy("1:2", "Archive"));
    assertTrue(imap.status("Archive", new String[] {"MESSAGES"}));
    assertTrue(imap.getReplyString().contains("(MESSAGES 2)"), imap::getReplyString);
    assertTrue(imap.append("Archive", "(\\Seen)", null, MESSAGE), imap::getReplyString);
    assertTrue(imap.store("2", "+FLAGS.SILENT", "(\\Deleted)"));
    assertTrue(imap.expunge());
    assertTrue(imap.getReplyString().contains("* 2 EXPUNGE"), imap::getReplyString);
    assertTrue(imap.logout());
    imap.disconnect();
  }

  private static void readByPop3(TestServer server) throws IOException {
    POP3SClient pop3 = new POP3SClient(false);
    pop3.setTrustManager(TestTls.trustManager());
    pop3.connect(TestServer.HOST, server.port("pop3"));
    assertTrue(pop3.execTLS(), pop3::getReplyString);
    assertTrue(pop3.login("alice", TestServer.PASSWORD), pop3::getReplyString);
    POP3MessageInfo[] messages = pop3.listMessages();
    assertEquals(1, messages.length);
    assertEquals(1, pop3.listUniqueIdentifiers().length);
    String whole = read(pop3.retrieveMessage(1));
    assertTrue(whole.endsWith(MESSAGE.replace("\r\n", "\n")), whole);
    assertEquals(messages[0].size, whole.replace("\n", "\r\n").length());
    assertTrue(read(pop3.retrieveMessageTop(1, 0)).contains("Subject: hello"));
    assertTrue(pop3.deleteMessage(1));
    assertTrue(pop3.logout());
    pop3.disconnect();
    try (ImapClient imap = server.imap("alice")) {
      assertTrue(imap.lines("SELECT INBOX").contains("* 0 EXISTS"));
    }
  }

  /** All of it with LF line ends, whatever the reader makes of CRLF. */
  private static String read(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    try (BufferedReader lines = new BufferedReader(reader)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        text.write(line + "\n");
      }
    }
    return text.toString();
  }
}
