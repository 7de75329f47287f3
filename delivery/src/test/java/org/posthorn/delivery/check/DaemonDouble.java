package org.posthorn.delivery.check;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A daemon that does as the test says, one connection after the other. */
public final class DaemonDouble implements AutoCloseable {
  /** What it does on a connection. */
  @FunctionalInterface
  public interface Script {
    void play(DataInputStream in, DataOutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final Thread thread;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  public DaemonDouble(Script script) throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    thread = new Thread(() -> serve(script), "daemon double");
    thread.start();
  }

  private void serve(Script script) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          DataInputStream in = new DataInputStream(socket.getInputStream());
          DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
        script.play(in, out);
        out.flush();
      } catch (SocketException e) {
        // closed by either side, which tests do on purpose
      } catch (IOException | RuntimeException | AssertionError e) {
        failures.add(e);
      }
    }
  }

  public Endpoint endpoint() {
    return Endpoint.of(
            "inet:" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort())
        .withTimeout(Duration.ofSeconds(10));
  }

  /** What went wrong in scripts. */
  public List<Throwable> failures() {
    return new ArrayList<>(failures);
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
