package org.posthorn.examples;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;

/** A conversation in lines; every read ends after a while. */
final class Talk implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final BufferedReader in;

  Talk(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  static Talk with(int port) throws IOException {
    Talk talk = new Talk(new Socket(InetAddress.getLoopbackAddress(), port));
    talk.reply();
    return talk;
  }

  Socket socket() {
    return socket;
  }

  void send(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("closed");
    }
    return line;
  }

  /** The last line of a reply: of SMTP perhaps of several lines, of POP3 the first one. */
  String reply() throws IOException {
    String line = line();
    while (line.matches("\\d{3}-.*")) {
      line = line();
    }
    return line;
  }

  String ask(String command) throws IOException {
    send(command);
    return reply();
  }

  /** All lines of a reply of SMTP. */
  List<String> all(String command) throws IOException {
    send(command);
    List<String> lines = new ArrayList<>(List.of(line()));
    while (lines.get(lines.size() - 1).matches("\\d{3}-.*")) {
      lines.add(line());
    }
    return lines;
  }

  /** IMAP: the lines up to the tagged one. */
  List<String> tagged(String command) throws IOException {
    send("a " + command);
    List<String> lines = new ArrayList<>(List.of(line()));
    while (!lines.get(lines.size() - 1).startsWith("a ")) {
      lines.add(line());
    }
    return lines;
  }

  /** SMTP: one message, from EHLO on; the reply that ended it. */
  String mail(String from, String to, String message) throws IOException {
    ask("EHLO client.example");
    return again(from, to, message);
  }

  /** SMTP: a further message. */
  String again(String from, String to, String message) throws IOException {
    for (String command : List.of("MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA")) {
      String reply = ask(command);
      if (!reply.startsWith("2") && !reply.startsWith("354")) {
        return reply;
      }
    }
    send(message.stripTrailing().replace("\n", "\r\n"));
    return ask(".");
  }

  /** SMTP: EHLO and a login. */
  Talk login(String user, String password) throws IOException {
    ask("EHLO client.example");
    String plain = "\0" + user + "\0" + password;
    String reply =
        ask(
            "AUTH PLAIN "
                + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    if (!reply.startsWith("235")) {
      throw new IOException("login: " + reply);
    }
    return this;
  }

  /** POP3: the text of all messages of a user, which stay. */
  static List<String> maildrop(int port, String user, String password) throws IOException {
    try (Talk pop3 = with(port)) {
      pop3.ask("USER " + user);
      String login = pop3.ask("PASS " + password);
      if (!login.startsWith("+OK")) {
        throw new IOException(login);
      }
      int count = Integer.parseInt(pop3.ask("STAT").split(" ", -1)[1]);
      List<String> messages = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        pop3.ask("RETR " + i);
        StringBuilder message = new StringBuilder();
        for (String line = pop3.line(); !line.equals("."); line = pop3.line()) {
          message.append(line).append('\n');
        }
        messages.add(message.toString());
      }
      pop3.ask("QUIT");
      return messages;
    }
  }

  /** Asks again until there are so many, or for a minute. */
  static <T> List<T> awaitSize(int size, Callable<List<T>> question) throws Exception {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    List<T> answer = question.call();
    while (answer.size() < size && System.nanoTime() < end) {
      Thread.onSpinWait();
      answer = question.call();
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
