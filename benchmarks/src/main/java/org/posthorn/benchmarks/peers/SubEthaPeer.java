package org.posthorn.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** SubEthaSMTP with a handler that reads every message and forgets it. */
public final class SubEthaPeer {
  private static final int CONNECTIONS = 1000;

  private SubEthaPeer() {}

  /**
   * Prints the port and serves until the process ends.
   *
   * @param args the port of SMTP
   */
  public static void main(String[] args) throws InterruptedException {
    SMTPServer.port(Integer.parseInt(args[0]))
        .bindAddress(InetAddress.getLoopbackAddress())
        .maxConnections(CONNECTIONS)
        .messageHandlerFactory(context -> new Forgetting())
        .build()
        .start();
    System.out.println("ready 0 0 " + args[0]);
    Thread.currentThread().join();
  }

  private static final class Forgetting implements MessageHandler {
    private final byte[] buffer = new byte[8192];

    @Override
    public void from(String sender) {}

    @Override
    public void recipient(String recipient) {}

    @Override
    public String data(InputStream content) throws IOException {
      for (int read = 0; read >= 0; ) {
        read = content.read(buffer);
      }
      return "taken";
    }

    @Override
    public void done() {}
  }
}
