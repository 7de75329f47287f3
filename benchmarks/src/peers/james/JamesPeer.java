import java.nio.file.Path;
import org.apache.james.GuiceJamesServer;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.modules.data.MemoryUsersRepositoryModule;
import org.apache.james.modules.protocols.POP3ServerModule;
import org.apache.james.utils.DataProbeImpl;

/**
 * Apache James with IMAP, POP3 and SMTP over its memory mailbox, and the users that scenarios ask
 * for.
 */
public final class JamesPeer {
  private static final int USERS = 20;

  private JamesPeer() {}

  /**
   * Takes a directory that has "conf", and the ports that stand there; prints the ports and serves.
   */
  public static void main(String[] args) throws Exception {
    MemoryJamesConfiguration configuration =
        MemoryJamesConfiguration.builder().workingDirectory(Path.of(args[0]).toFile()).build();
    GuiceJamesServer server =
        GuiceJamesServer.forConfiguration(configuration)
            .combineWith(
                MemoryJamesServerMain.SMTP_AND_IMAP_MODULE,
                new POP3ServerModule(),
                new MemoryUsersRepositoryModule());
    server.start();
    DataProbeImpl data = server.getProbe(DataProbeImpl.class);
    for (int i = 0; i < USERS; i++) {
      data.addUser("bench" + i, "secret");
      data.addUser("idle" + i, "secret");
    }
    System.out.println("ready " + args[1] + " " + args[2] + " " + args[3]);
    Thread.currentThread().join();
  }
}
