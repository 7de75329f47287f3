package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IMAP client that knows tags, and that a tagged line ends an answer. */
final class Imap implements Closeable {
  private final Line line;
  private int tags;
  private String tag = "";

  /** Connects and reads the greeting. */
  Imap(String host, int port) throws IOException {
    line = new Line(host, port);
    line.await(Line::oneLine);
  }

  /** Logs in as the user of the settings. */
  static Imap loggedIn(Settings settings) throws IOException {
    return loggedIn(settings, settings.user());
  }

  static Imap loggedIn(Settings settings, String user) throws IOException {
    Imap client = new Imap(settings.host(), settings.imapPort());
    client.command("LOGIN " + user + " " + settings.password());
    return client;
  }

  /**
   * Sends a command and waits for its OK.
   *
   * @return octets of the answer
   */
  long command(String command) throws IOException {
    line.send(next() + ' ' + command + "\r\n");
    return await();
  }

  /**
   * The same command many times in one write.
   *
   * @return octets of all answers
   */
  long pipelined(String command, int times) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < times; i++) {
      all.append(next()).append(' ').append(command).append("\r\n");
    }
    line.send(all.toString());
    return await();
  }

  /** Sends a command that may be refused, and tells whether it was not. */
  boolean attempt(String command) throws IOException {
    line.send(next() + ' ' + command + "\r\n");
    line.await(this::tagged);
    return answered();
  }

  private String next() {
    tag = "L" + tags++;
    return tag;
  }

  private long await() throws IOException {
    long octets = line.await(this::tagged);
    if (!answered()) {
      throw new IOException("answer: " + line.text().strip());
    }
    return octets;
  }

  private boolean answered() {
    String text = line.text();
    byte[] tail = text.getBytes(StandardCharsets.ISO_8859_1);
    return text.startsWith(tag + " OK", Math.max(0, taggedLine(tail, tail.length)));
  }

  private boolean tagged(byte[] tail, int length) {
    return taggedLine(tail, length) >= 0;
  }

  /**
   * Where the tagged line begins, or -1. Most often it is the last; GreenMail tells news behind it.
   */
  private int taggedLine(byte[] tail, int length) {
    int at = Line.lastLine(tail, length);
    while (at >= 0 && !tagStands(tail, at, length)) {
      at = Line.lastLine(tail, at);
    }
    return at;
  }

  private boolean tagStands(byte[] tail, int at, int length) {
    if (length - at <= tag.length() || tail[at + tag.length()] != ' ') {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      if (tail[at + i] != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The "+" that allows a literal, or the tagged line that refuses it. */
  private static boolean goAhead(byte[] tail, int length) {
    int at = Line.lastLine(tail, length);
    return at >= 0 && (tail[at] == '+' || tail[at] == 'L');
  }

  /** Appends with a synchronizing literal, which every server takes. */
  void append(String mailbox, ByteBuffer message) throws IOException {
    line.send(next() + " APPEND " + mailbox + " {" + message.remaining() + "}\r\n");
    line.await(Imap::goAhead);
    if (line.text().startsWith("L")) {
      throw new IOException("answer: " + line.text().strip());
    }
    line.send(message);
    line.send("\r\n");
    await();
  }

  /** Appends with the literal in the same write (LITERAL+). */
  void appendAtOnce(String mailbox, ByteBuffer message) throws IOException {
    byte[] head =
        (next() + " APPEND " + mailbox + " {" + message.remaining() + "+}\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all = ByteBuffer.allocate(head.length + message.remaining() + 2);
    line.send(all.put(head).put(message).put((byte) '\r').put((byte) '\n').flip());
    await();
  }

  /** A number from the last answer: the first group of a pattern. */
  long number(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(line.text());
    if (!found.find()) {
      throw new IOException("no " + pattern + " in: " + line.text());
    }
    return Long.parseLong(found.group(1));
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
