package org.posthorn.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** As much of a POP3 client as octet-exact tests need. */
final class Pop3Client implements AutoCloseable {
  private final OctetSocket socket;

  private Pop3Client(OctetSocket socket) {
    this.socket = socket;
  }

  static Pop3Client login(int port, String user, String password) throws IOException {
    Pop3Client client = new Pop3Client(new OctetSocket(port));
    client.ok("the greeting");
    client.ask("UTF8");
    client.ask("USER " + user);
    client.ask("PASS " + password);
    return client;
  }

  /** Sends a command with an answer of one line, which must be +OK. */
  String ask(String command) throws IOException {
    socket.send(command + "\r\n");
    return ok(command);
  }

  int count() throws IOException {
    return Integer.parseInt(ask("STAT").split(" ", -1)[1]);
  }

  /** A message with dot-stuffing undone (RFC 1939 section 3). */
  byte[] retrieve(int message) throws IOException {
    ask("RETR " + message);
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    while (true) {
      byte[] line = socket.lineOctets();
      boolean dot = line.length > 0 && line[0] == '.';
      if (dot && line.length == 1) {
        return octets.toByteArray();
      }
      octets.write(line, dot ? 1 : 0, line.length - (dot ? 1 : 0));
      octets.write('\r');
      octets.write('\n');
    }
  }

  void quit() throws IOException {
    ask("QUIT");
  }

  OctetSocket socket() {
    return socket;
  }

  private String ok(String command) throws IOException {
    String answer = socket.line();
    if (!answer.startsWith("+OK")) {
      throw new AssertionError(command + " was answered: " + answer);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
