package org.posthorn.testkit.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Sends lines and reads lines. */
final class LineClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final BufferedReader in;

  LineClient(SocketFactory sockets, int port) throws IOException {
    socket = sockets.createSocket(PosthornExtension.HOST, port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  LineClient(int port) throws IOException {
    this(SocketFactory.getDefault(), port);
  }

  String line() throws IOException {
    return String.valueOf(in.readLine());
  }

  /** Sends lines; gives the first line that comes after that. */
  String ask(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return line();
  }

  /** The next line that begins so. */
  String until(String begin) throws IOException {
    String line = line();
    while (!line.startsWith(begin)) {
      if (line.equals("null")) {
        throw new IOException("the server closed before " + begin);
      }
      line = line();
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
