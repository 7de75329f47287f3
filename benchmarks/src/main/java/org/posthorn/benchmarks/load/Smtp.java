package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An SMTP or LMTP client without extensions. */
final class Smtp implements Closeable {
  /** Servers bound what one session may bring. */
  private static final int MESSAGES = 100;

  private final Settings settings;
  private Line line;
  private int sent;

  /** Connects, reads the greeting and says EHLO or LHLO. */
  Smtp(Settings settings) throws IOException {
    this.settings = settings;
    line = new Line(settings.host(), settings.port());
    greet();
  }

  private void greet() throws IOException {
    answer('2');
    command((settings.lmtp() ? "LHLO" : "EHLO") + " client.example.org", '2');
  }

  /** Sends a message that ends with its dot, over a new connection now and then. */
  void message(ByteBuffer dotted) throws IOException {
    if (sent++ == MESSAGES) {
      command("QUIT", '2');
      line.close();
      line = new Line(settings.host(), settings.port());
      sent = 1;
      greet();
    }
    command("MAIL FROM:<sender@example.org>", '2');
    command("RCPT TO:<" + settings.user() + "@example.com>", '2');
    command("DATA", '3');
    line.send(dotted);
    answer('2');
  }

  /** Sends a command and wants a reply of a kind. */
  void command(String command, char first) throws IOException {
    line.send(command + "\r\n");
    answer(first);
  }

  private void answer(char first) throws IOException {
    line.await(Smtp::replied);
    if (line.text().charAt(0) != first) {
      throw new IOException("answer: " + line.text().strip());
    }
  }

  private static boolean replied(byte[] tail, int length) {
    int last = Line.lastLine(tail, length);
    return last >= 0 && (length - last < 6 || tail[last + 3] == ' ');
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
