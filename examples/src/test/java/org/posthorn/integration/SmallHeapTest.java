package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testkit.GeneratedMail;
import org.posthorn.testkit.MailGenerator;

/**
 * The server with a heap that holds neither what goes in nor what comes out; it dies if it tries.
 */
class SmallHeapTest {
  private static final List<String> JVM =
      List.of(
          "-Xmx128m",
          "-XX:MaxDirectMemorySize=32m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  private static final int AT_ONCE = 10;

  /** In base64 it is a message of 20 MB and some. */
  private static final GeneratedMail MAIL = new MailGenerator(4).huge(15_000_000);

  private static final int LITERAL = 25 << 20;

  private static ServerProcess server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    List<String> options =
        new ArrayList<>(List.of("--imap", "0", "--pop3", "0", "--smtp", "0", "--allow-plaintext"));
    options.addAll(List.of("--domain", "example.org", "--store", "sqlite:" + folder));
    IntStream.range(0, AT_ONCE)
        .forEach(i -> options.addAll(List.of("--user", user(i) + ":" + TestServer.PASSWORD)));
    server = ServerProcess.start(folder, JVM, options);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void tenBigMessagesAtOnceInAndOut() throws Exception {
    atOnce(
        i -> {
          if (i % 2 == 0) {
            append(user(i));
          } else {
            deliver(user(i));
          }
        });
    atOnce(
        i -> {
          if (i % 2 == 0) {
            retrieve(user(i));
          } else {
            fetch(user(i));
          }
        });
    assertTrue(server.alive(), server.log());
  }

  /** Neither command line, nor mailbox: what belongs to a refused command passes by unkept. */
  @Test
  void bigLiteralsOfRefusedCommandsAreNotKept() throws Exception {
    try (ImapClient imap = imap(user(0))) {
      Thread sender = new Thread(() -> sendLiterals(imap.socket()), "literals");
      sender.start();
      for (int i = 0; i < AT_ONCE; i++) {
        String answer = imap.expect("x" + i);
        assertTrue(answer.startsWith("x" + i + (i % 2 == 0 ? " NO" : " BAD")), answer);
      }
      sender.join();
      imap.ask("NOOP");
    }
    assertTrue(server.alive(), server.log());
  }

  /** Before login the connection ends instead. */
  @Test
  void bigLiteralsBeforeLoginEndTheConnection() throws Exception {
    atOnce(
        i -> {
          try (OctetSocket socket = new OctetSocket(server.port("imap"))) {
            socket.line();
            socket.send("a LOGIN {" + LITERAL + "+}\r\n");
            Thread sender = new Thread(() -> sendLiteral(socket), "literal");
            sender.start();
            assertTrue(ends(socket));
            sender.join();
          }
        });
    try (ImapClient imap = imap(user(0))) {
      imap.ask("NOOP");
    }
    assertTrue(server.alive(), server.log());
  }

  private interface Job {
    void run(int number) throws Exception;
  }

  private static void atOnce(Job job) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = i;
        jobs.add(
            () -> {
              job.run(number);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(jobs)) {
        assertTrue(done.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static String user(int number) {
    return "user" + number + "@example.org";
  }

  private static ImapClient imap(String user) throws IOException {
    return ImapClient.login(server.port("imap"), user, TestServer.PASSWORD);
  }

  private static void append(String user) throws IOException {
    try (ImapClient imap = imap(user)) {
      String tag = imap.send("APPEND INBOX {" + MAIL.size() + "}");
      imap.expect("+");
      sendMail(imap.socket());
      imap.socket().send("\r\n");
      imap.answers(tag, "APPEND");
    }
  }

  private static void deliver(String user) throws IOException {
    try (SmtpClient smtp = SmtpClient.connect(server.port("smtp"))) {
      smtp.envelope(user, MAIL.size());
      sendMail(smtp.socket());
      smtp.socket().send(".\r\n");
      smtp.reply(250);
    }
  }

  private static void fetch(String user) throws IOException {
    try (ImapClient imap = imap(user)) {
      imap.ask("SELECT INBOX");
      imap.send("FETCH 1 BODY[]");
      String line = imap.socket().line();
      long size = Long.parseLong(line.substring(line.lastIndexOf('{') + 1, line.length() - 1));
      imap.socket().in().skipNBytes(size - MAIL.size());
      compare(imap.socket().in());
    }
  }

  private static void retrieve(String user) throws IOException {
    try (Pop3Client pop3 = Pop3Client.login(server.port("pop3"), user, TestServer.PASSWORD)) {
      pop3.ask("RETR 1");
      compare(pop3.socket().in());
      assertEquals(".", pop3.socket().line());
      pop3.quit();
    }
  }

  /** No line of it begins with a dot. */
  private static void sendMail(OctetSocket socket) throws IOException {
    try (InputStream mail = MAIL.open()) {
      mail.transferTo(socket.out());
    }
  }

  private static void compare(InputStream got) throws IOException {
    try (InputStream expected = MAIL.open()) {
      byte[] wanted = expected.readNBytes(64 << 10);
      for (long at = 0; wanted.length > 0; wanted = expected.readNBytes(64 << 10)) {
        byte[] chunk = got.readNBytes(wanted.length);
        if (chunk.length < wanted.length) {
          throw new EOFException("the server closed after " + (at + chunk.length) + " octets");
        }
        assertTrue(Arrays.equals(wanted, chunk), "differs after octet " + at);
        at += chunk.length;
      }
    }
  }

  private static void sendLiterals(OctetSocket socket) {
    for (int i = 0; i < AT_ONCE; i++) {
      String command = i % 2 == 0 ? "APPEND Nowhere" : "SEARCH SUBJECT";
      try {
        socket.send("x" + i + " " + command + " {" + LITERAL + "+}\r\n");
      } catch (IOException e) {
        return;
      }
      sendLiteral(socket);
    }
  }

  /** The reader sees what comes of it when the server ends the connection. */
  private static void sendLiteral(OctetSocket socket) {
    byte[] chunk = new byte[64 << 10];
    Arrays.fill(chunk, (byte) 'x');
    try {
      for (int sent = 0; sent < LITERAL; sent += chunk.length) {
        socket.out().write(chunk);
      }
      socket.send("\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return;
    }
  }

  private static boolean ends(OctetSocket socket) {
    try {
      return socket.in().readAllBytes().length < 1_000;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
