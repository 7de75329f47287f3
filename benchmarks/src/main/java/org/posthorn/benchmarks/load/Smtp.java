package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An SMTP or LMTP client without extensions. */
final class Smtp implements Closeable {
  private final Line line;
  private final String recipient;

  /** Connects, reads the greeting and says EHLO or LHLO. */
  Smtp(Settings settings) throws IOException {
    line = new Line(settings.host(), settings.port());
    recipient = settings.user();
    line.await(Smtp::replied);
    command((settings.lmtp() ? "LHLO" : "EHLO") + " client.example.org", '2');
  }

  /** Sends a message that ends with its dot. */
  void message(ByteBuffer dotted) throws IOException {
    command("MAIL FROM:<sender@example.org>", '2');
    command("RCPT TO:<" + recipient + "@example.com>", '2');
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
