import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** SubEthaSMTP with a handler that reads every message and forgets it. */
public final class SubEthaPeer {
  private SubEthaPeer() {}

  /** Prints the port and serves until the process ends. */
  public static void main(String[] args) throws Exception {
    SMTPServer.bindAddress(InetAddress.getLoopbackAddress())
        .port(Integer.parseInt(args[0]))
        .maxConnections(1000)
        .messageHandlerFactory(context -> new Dropping())
        .build()
        .start();
    System.out.println("ready 0 0 " + args[0]);
    Thread.currentThread().join();
  }

  private static final class Dropping implements MessageHandler {
    private final byte[] buffer = new byte[8192];

    @Override
    public void from(String sender) {}

    @Override
    public void recipient(String recipient) {}

    @Override
    public String data(InputStream content) throws IOException {
      while (content.read(buffer) >= 0) {}
      return null;
    }

    @Override
    public void done() {}
  }
}
