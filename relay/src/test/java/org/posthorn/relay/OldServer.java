package org.posthorn.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that knows the keywords it was given and takes all mail, one client at a time. */
final class OldServer implements AutoCloseable {
  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final List<String> keywords;
  private final int messagesPerConnection;
  private final ServerSocket listening;

  private OldServer(List<String> keywords, int messagesPerConnection) throws IOException {
    this.keywords = keywords;
    this.messagesPerConnection = messagesPerConnection;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  static OldServer knowing(String... keywords) throws IOException {
    return start(Integer.MAX_VALUE, keywords);
  }

  /** Hangs up without a word when it took so many messages. */
  static OldServer tired(int messagesPerConnection) throws IOException {
    return start(messagesPerConnection, "8BITMIME");
  }

  private static OldServer start(int messagesPerConnection, String... keywords) throws IOException {
    OldServer server = new OldServer(List.of(keywords), messagesPerConnection);
    Thread thread = new Thread(server::run, "old-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void run() {
    try {
      while (true) {
        try (Socket socket = listening.accept()) {
          connections.incrementAndGet();
          serve(socket);
        } catch (SocketException e) {
          if (listening.isClosed()) {
            return;
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    say(socket, "220 old.example");
    int taken = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      if (line.startsWith("EHLO")) {
        say(socket, "250-old.example");
        for (String keyword : keywords) {
          say(socket, "250-" + keyword);
        }
        say(socket, "250 HELP");
      } else if (line.equals("DATA")) {
        say(socket, "354 go on");
        messages.add(content(in));
        say(socket, "250 2.0.0 taken");
        if (++taken == messagesPerConnection) {
          return;
        }
      } else if (line.equals("QUIT")) {
        say(socket, "221 bye");
        return;
      } else {
        say(socket, "250 fine");
      }
    }
  }

  private static String content(BufferedReader in) throws IOException {
    StringBuilder content = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return content.toString();
  }

  private static void say(Socket socket, String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
