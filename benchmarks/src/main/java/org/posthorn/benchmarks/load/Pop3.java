package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;

/** A POP3 client that knows where answers end. */
final class Pop3 implements Closeable {
  private final Line line;

  /** Connects, reads the greeting and logs in. */
  Pop3(Settings settings) throws IOException {
    line = new Line(settings.host(), settings.port());
    line.await(Line::oneLine);
    command("USER " + settings.user());
    command("PASS " + settings.password());
  }

  /** A command with an answer of one line. */
  void command(String command) throws IOException {
    line.send(command + "\r\n");
    line.await(Line::oneLine);
    check();
  }

  /**
   * A command with an answer of many lines.
   *
   * @return octets of the answer
   */
  long lines(String command) throws IOException {
    line.send(command + "\r\n");
    long octets = line.await(Pop3::dotted);
    if (line.text().startsWith("-")) {
      check();
    }
    return octets;
  }

  private void check() throws IOException {
    if (!line.text().startsWith("+OK")) {
      throw new IOException("answer: " + line.text().strip());
    }
  }

  private static boolean dotted(byte[] tail, int length) {
    int last = Line.lastLine(tail, length);
    if (last < 0) {
      return false;
    }
    boolean refused = last == 0 && tail[0] == '-';
    return refused || (tail[last] == '.' && length - last == 3);
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
