package org.posthorn.store.cassandra.faults;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One IMAP connection: commands out, responses in, literals within them. Not thread-safe. */
final class Wire implements AutoCloseable {
  /** A server that says nothing for so long is not waited for: the outcome is unknown. */
  static final int PATIENCE_MILLIS = 90_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private int tags;

  Wire(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    line();
  }

  /**
   * Sends a command and gives the tagged answer without its tag.
   *
   * @param untagged takes all that comes before it
   */
  String command(String command, Consumer<String> untagged) throws IOException {
    String tag = "t" + ++tags;
    send(tag + " " + command + "\r\n");
    return answer(tag, untagged);
  }

  /** The answer to IDLE's DONE; each response is taken until it says that it is enough. */
  String idle(Consumer<String> untagged, int millis) throws IOException {
    String tag = "t" + ++tags;
    send(tag + " IDLE\r\n");
    String first = response();
    while (first.startsWith("* ")) {
      untagged.accept(first);
      first = response();
    }
    if (!first.startsWith("+")) {
      return first.substring(first.indexOf(' ') + 1);
    }
    listen(untagged, millis);
    send("DONE\r\n");
    return answer(tag, untagged);
  }

  private void listen(Consumer<String> untagged, int millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000L;
    try {
      for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        socket.setSoTimeout((int) left);
        in.mark(1);
        if (in.read() < 0) {
          throw new EOFException();
        }
        in.reset();
        socket.setSoTimeout(PATIENCE_MILLIS);
        untagged.accept(response());
      }
    } catch (java.net.SocketTimeoutException nothing) {
      // Nothing came in that time, and no octet of a response was taken.
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private String answer(String tag, Consumer<String> untagged) throws IOException {
    while (true) {
      String response = response();
      if (response.startsWith(tag + " ")) {
        return response.substring(tag.length() + 1);
      }
      if (response.startsWith("* BYE")) {
        throw new IOException(response);
      }
      untagged.accept(response);
    }
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** A response; a literal stands between its count and what follows it. */
  private String response() throws IOException {
    StringBuilder response = new StringBuilder();
    while (true) {
      String line = line();
      response.append(line);
      int brace = line.endsWith("}") ? line.lastIndexOf('{') : -1;
      if (brace < 0) {
        return response.toString();
      }
      int length = Integer.parseInt(line.substring(brace + 1, line.length() - 1));
      byte[] literal = in.readNBytes(length);
      if (literal.length < length) {
        throw new EOFException();
      }
      response.append("\r\n").append(new String(literal, StandardCharsets.ISO_8859_1));
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException();
      }
      line.append((char) octet);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
