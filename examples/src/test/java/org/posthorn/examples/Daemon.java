package org.posthorn.examples;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A daemon that mail is shown to: one connection after the other, each by the same script. */
final class Daemon implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Script script;

  /** One side of a conversation; it may end in the middle. */
  @FunctionalInterface
  interface Script {
    void play(DataInputStream in, OutputStream out) throws IOException;
  }

  Daemon(Script script) throws IOException {
    this.script = script;
    Thread thread = new Thread(this::run, "daemon");
    thread.setDaemon(true);
    thread.start();
  }

  String endpoint() {
    return "inet:127.0.0.1:" + server.getLocalPort();
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        script.play(new DataInputStream(client.getInputStream()), client.getOutputStream());
      } catch (IOException e) {
        // The test is over, or the next client comes.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
