package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program does with Angus Mail (the reference implementation of Jakarta Mail). */
class AngusMailTest {
  private static final String SUBJECT = "Grüße aus München";
  private static final String TEXT = "Hello,\r\n.a line with a dot\r\n.\r\nand its end.\r\n";

  @TempDir Path folder;

  static Stream<Setup> all() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void overStartTls(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder)) {
      mailFlows(server, "smtp", "submission", "imap", "pop3");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void overImplicitTls(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder)) {
      mailFlows(server, "smtps", "submissions", "imaps", "pop3s");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void idleTellsOfNewMail(Setup setup) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        Store store = store(server, "imaps")) {
      IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      CountDownLatch arrived = new CountDownLatch(1);
      inbox.addMessageCountListener(
          new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
              arrived.countDown();
            }
          });
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<?> idle =
            thread.submit(
                () -> {
                  inbox.idle(true);
                  return null;
                });
        send(server, "smtps", "submissions");
        assertTrue(arrived.await(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        idle.get(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertEquals(1, inbox.getMessageCount());
      } finally {
        thread.shutdown();
      }
    }
  }

  private static void mailFlows(
      TestServer server, String smtp, String submission, String imap, String pop3)
      throws Exception {
    byte[] attachment = send(server, smtp, submission);
    readByImap(server, imap, attachment);
    readByPop3(server, pop3);
    workInFolders(server, imap);
  }

  /** Gives what was attached. */
  private static byte[] send(TestServer server, String protocol, String listener) throws Exception {
    Session session = session(server, protocol, listener);
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(TestServer.BOB, "Bob Ünal", "UTF-8"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(TestServer.ALICE));
    message.setSubject(SUBJECT, "UTF-8");
    message.setHeader("Date", "Tue, 3 Feb 2026 04:05:06 +0000");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(TEXT, "UTF-8");
    byte[] attached = new byte[100_000];
    new Random(1).nextBytes(attached);
    MimeBodyPart attachment = new MimeBodyPart();
    attachment.setContent(attached, "application/octet-stream");
    attachment.setFileName("naïve.bin");
    message.setContent(new MimeMultipart(text, attachment));
    try (Transport transport = session.getTransport(protocol)) {
      transport.connect("bob", TestServer.PASSWORD);
      message.saveChanges();
      transport.sendMessage(message, message.getAllRecipients());
    }
    return attached;
  }

  private static void readByImap(TestServer server, String protocol, byte[] attached)
      throws Exception {
    try (Store store = store(server, protocol);
        Folder inbox = store.getFolder("INBOX")) {
      inbox.open(Folder.READ_WRITE);
      assertEquals(1, inbox.getMessageCount());
      Message message = inbox.getMessage(1);
      assertEquals(SUBJECT, message.getSubject());
      assertEquals("Bob Ünal", ((InternetAddress) message.getFrom()[0]).getPersonal());
      MimeMultipart parts = (MimeMultipart) message.getContent();
      assertEquals(TEXT, parts.getBodyPart(0).getContent());
      assertEquals("naïve.bin", parts.getBodyPart(1).getFileName());
      try (InputStream in = parts.getBodyPart(1).getInputStream()) {
        assertArrayEquals(attached, in.readAllBytes());
      }
      assertTrue(message.isSet(Flags.Flag.SEEN));
    }
  }

  private static void readByPop3(TestServer server, String protocol) throws Exception {
    try (Store store = store(server, protocol)) {
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      assertEquals(1, inbox.getMessageCount());
      Message message = inbox.getMessage(1);
      assertEquals(SUBJECT, message.getSubject());
      MimeMultipart parts = (MimeMultipart) message.getContent();
      assertEquals(TEXT, parts.getBodyPart(0).getContent());
      message.setFlag(Flags.Flag.DELETED, true);
      inbox.close(true);
      inbox.open(Folder.READ_ONLY);
      assertEquals(0, inbox.getMessageCount());
      inbox.close(false);
    }
  }

  private static void workInFolders(TestServer server, String protocol) throws Exception {
    try (Store store = store(server, protocol)) {
      Folder projects = store.getFolder("Projekte/Ämter & Co");
      assertTrue(projects.create(Folder.HOLDS_MESSAGES));
      assertEquals("Ämter & Co", store.getFolder("Projekte").list()[0].getName());
      Message[] drafts = {draft("one"), draft("two"), draft("three")};
      projects.appendMessages(drafts);
      projects.open(Folder.READ_WRITE);
      assertEquals(3, projects.getMessageCount());
      projects.getMessage(2).setFlag(Flags.Flag.FLAGGED, true);
      Message[] found =
          projects.search(
              new AndTerm(
                  new FlagTerm(new Flags(Flags.Flag.FLAGGED), true), new SubjectTerm("TWO")));
      assertEquals(1, found.length);
      Folder inbox = store.getFolder("INBOX");
      projects.copyMessages(found, inbox);
      ((IMAPFolder) projects).moveMessages(new Message[] {projects.getMessage(1)}, inbox);
      projects.getMessage(projects.getMessageCount()).setFlag(Flags.Flag.DELETED, true);
      projects.close(true);
      inbox.open(Folder.READ_ONLY);
      assertEquals(2, inbox.getMessageCount());
      assertEquals("two", inbox.getMessage(1).getSubject());
      inbox.close(false);
      assertTrue(projects.renameTo(store.getFolder("Archive")));
      assertEquals(1, store.getFolder("Archive").getMessageCount());
      assertTrue(store.getFolder("Archive").delete(true));
    }
  }

  private static MimeMessage draft(String subject) throws MessagingException {
    MimeMessage draft = new MimeMessage((Session) null);
    draft.setSubject(subject);
    draft.setText("text of " + subject + "\r\n", StandardCharsets.UTF_8.name());
    draft.saveChanges();
    return draft;
  }

  private static Store store(TestServer server, String protocol) throws Exception {
    Store store = session(server, protocol, protocol).getStore(protocol);
    store.connect("alice", TestServer.PASSWORD);
    return store;
  }

  private static Session session(TestServer server, String protocol, String listener)
      throws GeneralSecurityException {
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.put(prefix + "host", TestServer.HOST);
    properties.put(prefix + "port", server.port(listener));
    properties.put(prefix + "auth", true);
    properties.put(prefix + "timeout", TestServer.PATIENCE_MILLIS);
    properties.put(prefix + "ssl.socketFactory", TestTls.client().getSocketFactory());
    properties.put(prefix + "starttls.enable", true);
    properties.put(prefix + "starttls.required", !protocol.endsWith("s"));
    return Session.getInstance(properties);
  }
}
