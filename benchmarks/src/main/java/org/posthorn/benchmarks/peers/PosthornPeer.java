package org.posthorn.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpService;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryLimits;
import org.posthorn.store.memory.MemoryStore;

/** Posthorn as a peer of itself: Netty, every user with the password "secret" as it is. */
public final class PosthornPeer {
  private static final int USERS = 20;
  private static final long BODIES = 4L << 30;

  private PosthornPeer() {}

  /**
   * Prints the ports and serves until the process ends.
   *
   * @param args store ({@code memory} or {@code sqlite:DIRECTORY}), what SMTP does ({@code drop} or
   *     {@code store}), ports of IMAP, POP3 and SMTP or 0
   */
  public static void main(String[] args) throws Exception {
    MailServer server = start(args);
    System.out.println(
        "ready " + server.port("imap") + " " + server.port("pop3") + " " + server.port("smtp"));
    server.awaitStop();
  }

  /** The server that {@link #main} runs; its store goes with the process. */
  public static MailServer start(String... args) throws IOException, StoreException {
    MailStore store = store(args[0]);
    boolean drops = args[1].equals("drop");
    MailHandler handler =
        drops
            ? new DroppingHandler()
            : LocalDelivery.into(store, "mx.example.com").domains(Set.of("example.com")).build();
    accounts(store);
    MemoryAuthenticator users = new MemoryAuthenticator().anyUser("secret");
    SaslPolicy sasl = SaslPolicy.STANDARD.allowingPasswordsWithoutTls();
    return MailServer.builder()
        .transport(new NettyTransport())
        .listen(
            "imap",
            "127.0.0.1",
            Integer.parseInt(args[2]),
            TlsMode.NONE,
            ImapService.builder().store(store).authenticator(users).sasl(sasl).build())
        .listen(
            "pop3",
            "127.0.0.1",
            Integer.parseInt(args[3]),
            TlsMode.NONE,
            Pop3Service.builder().store(store).authenticator(users).sasl(sasl).build())
        .listen(
            "smtp",
            "127.0.0.1",
            Integer.parseInt(args[4]),
            TlsMode.NONE,
            SmtpService.mx("mx.example.com", handler).build())
        .start();
  }

  private static MailStore store(String which) throws StoreException {
    return which.startsWith("sqlite:")
        ? SqliteStore.in(Path.of(which.substring("sqlite:".length()))).open()
        : MemoryStore.builder().limits(MemoryLimits.DEFAULTS.withBodyOctets(BODIES)).build();
  }

  /** The users that scenarios ask for. */
  private static void accounts(MailStore store) throws StoreException {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    for (int i = 0; i < USERS; i++) {
      accounts.create("bench" + i);
      accounts.create("idle" + i);
      accounts.create("soak" + i);
    }
  }
}
