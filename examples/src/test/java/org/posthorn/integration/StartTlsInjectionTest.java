package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that somebody puts behind STARTTLS or STLS in the clear are never read as commands, over
 * real TLS; and nothing said before TLS is remembered under it (RFC 3207 section 4.2, RFC 2595
 * sections 3.1 and 4).
 */
class StartTlsInjectionTest {
  @TempDir Path folder;

  /** A protocol: how it begins, starts TLS, and what it says to a harmless command. */
  enum Protocol {
    IMAP("imap", "a STARTTLS\r\n", "a OK", "b NOOP\r\n", "b OK"),
    POP3("pop3", "STLS\r\n", "+OK", "CAPA\r\n", "+OK"),
    SUBMISSION("submission", "STARTTLS\r\n", "220 ", "NOOP\r\n", "250 "),
    MX("smtp", "STARTTLS\r\n", "220 ", "NOOP\r\n", "250 ");

    final String listener;
    final String startTls;
    final String go;
    final String command;
    final String answer;

    Protocol(String listener, String startTls, String go, String command, String answer) {
      this.listener = listener;
      this.startTls = startTls;
      this.go = go;
      this.command = command;
      this.answer = answer;
    }

    OctetSocket open(TestServer server) throws IOException {
      OctetSocket socket = new OctetSocket(server.port(listener));
      socket.line();
      if (go.startsWith("220")) {
        socket.send("EHLO client.example\r\n");
        while (!socket.line().startsWith("250 ")) {}
      }
      return socket;
    }
  }

  static Stream<Arguments> everywhere() {
    return Setup.each()
        .flatMap(setup -> Stream.of(Protocol.values()).map(p -> Arguments.of(setup, p)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void injectedCommandsAreNotRead(Setup setup, Protocol protocol) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        OctetSocket socket = protocol.open(server)) {
      socket.send(protocol.startTls + protocol.command);
      assertTrue(socket.line().startsWith(protocol.go));
      // What was injected goes to TLS, which cannot make sense of it: the connection ends.
      assertThrows(IOException.class, socket::startTls);
    }
  }

  /** The same, with a client that does not begin TLS: not one word more comes in the clear. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void injectedCommandsAreNotAnswered(Setup setup, Protocol protocol) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        OctetSocket socket = protocol.open(server)) {
      socket.send(protocol.startTls + protocol.command);
      assertTrue(socket.line().startsWith(protocol.go));
      String rest = "";
      try {
        rest = socket.line();
      } catch (EOFException e) {
        rest = String.valueOf(e.getMessage()).replace("the server closed after: ", "");
      } catch (IOException e) {
        rest = "";
      }
      assertTrue(!rest.contains(protocol.answer.strip()), rest);
    }
  }

  /** A command whose end comes under TLS does not join what was begun in the clear. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everywhere")
  void underTlsAllBeginsAnew(Setup setup, Protocol protocol) throws Exception {
    try (TestServer server = TestServer.start(setup, folder);
        OctetSocket socket = protocol.open(server)) {
      socket.send(protocol.startTls);
      assertTrue(socket.line().startsWith(protocol.go));
      socket.startTls();
      switch (protocol) {
        case IMAP -> {
          socket.send("c CAPABILITY\r\n");
          String capabilities = socket.line();
          assertTrue(capabilities.contains("AUTH=PLAIN"), capabilities);
          assertTrue(!capabilities.contains("STARTTLS"), capabilities);
        }
        case POP3 -> {
          socket.send("PASS secret\r\n");
          assertEquals("-ERR USER comes first", socket.line());
        }
        case SUBMISSION, MX -> {
          socket.send("MAIL FROM:<a@example.org>\r\n");
          assertTrue(socket.line().startsWith("503 "));
        }
      }
      socket.send(protocol.command);
      String answer = socket.line();
      while (!answer.startsWith(protocol.answer)) {
        answer = socket.line();
      }
    }
  }
}
