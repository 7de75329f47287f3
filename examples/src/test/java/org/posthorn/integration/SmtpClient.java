package org.posthorn.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** As much of an SMTP client as octet-exact tests need. */
final class SmtpClient implements AutoCloseable {
  private final OctetSocket socket;

  private SmtpClient(OctetSocket socket) {
    this.socket = socket;
  }

  static SmtpClient connect(int port) throws IOException {
    SmtpClient client = new SmtpClient(new OctetSocket(port));
    client.reply(220);
    client.socket.send("EHLO client.example.org\r\n");
    client.reply(250);
    return client;
  }

  /** Delivers a message whose last line is ended. */
  void send(String recipient, byte[] octets) throws IOException {
    envelope(recipient, octets.length);
    socket.send(stuffed(octets));
    socket.send(".\r\n");
    reply(250);
  }

  /**
   * Delivers a message whose last line is ended, and gives the last reply: the first that refuses,
   * or the one to the content.
   */
  String trySend(String recipient, byte[] octets) throws IOException {
    String reply = command("MAIL FROM:<sender@example.net>");
    reply = reply.startsWith("250 ") ? command("RCPT TO:<" + recipient + ">") : reply;
    reply = reply.startsWith("250 ") ? command("DATA") : reply;
    if (reply.startsWith("354 ")) {
      socket.send(stuffed(octets));
      reply = command(".");
    }
    if (!reply.startsWith("250 ")) {
      command("RSET");
    }
    return reply;
  }

  private String command(String command) throws IOException {
    socket.send(command + "\r\n");
    return socket.line();
  }

  /** Up to and with the go-ahead for the content. */
  void envelope(String recipient, long size) throws IOException {
    socket.send("MAIL FROM:<sender@example.net> BODY=8BITMIME SIZE=" + size + "\r\n");
    socket.send("RCPT TO:<" + recipient + ">\r\nDATA\r\n");
    reply(250);
    reply(250);
    reply(354);
  }

  OctetSocket socket() {
    return socket;
  }

  /** RFC 5321 section 4.5.2; only CRLF ends a line. */
  private static byte[] stuffed(byte[] octets) {
    ByteArrayOutputStream stuffed = new ByteArrayOutputStream(octets.length + 64);
    for (int i = 0; i < octets.length; i++) {
      boolean lineBegins = i == 0 || (i > 1 && octets[i - 1] == '\n' && octets[i - 2] == '\r');
      if (lineBegins && octets[i] == '.') {
        stuffed.write('.');
      }
      stuffed.write(octets[i]);
    }
    return stuffed.toByteArray();
  }

  void reply(int code) throws IOException {
    String line = socket.line();
    while (line.startsWith(code + "-")) {
      line = socket.line();
    }
    if (!line.startsWith(code + " ")) {
      throw new AssertionError("expected " + code + ", got: " + line);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
