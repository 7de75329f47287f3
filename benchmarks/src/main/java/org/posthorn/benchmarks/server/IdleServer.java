package org.posthorn.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.posthorn.imap.ImapService;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.Transport;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.store.Identity;
import org.posthorn.store.Role;
import org.posthorn.store.memory.MemoryStore;

/**
 * The server's half of {@link IdleConnections}: an IMAP server that says how much heap it uses when
 * it is asked.
 */
final class IdleServer {
  static final String USER = "bench";

  private IdleServer() {}

  /** Everybody is {@link #USER}, at no cost. */
  private static final class Anybody implements Authenticator {
    private static final LoginDecision YES =
        new LoginDecision.Granted(new Identity(USER, USER, Role.OWNER));

    @Override
    public LoginDecision verify(LoginAttempt attempt, Secret password) {
      return YES;
    }

    @Override
    public LoginDecision authorize(LoginAttempt attempt) {
      return YES;
    }

    @Override
    public Lane lane() {
      return Lane.INLINE;
    }
  }

  /**
   * Prints the port, then answers each line on standard input with "heap direct" in octets after a
   * collection; ends with the input.
   *
   * @param args jdk or netty
   */
  public static void main(String[] args) throws IOException {
    Transport transport = args[0].equals("jdk") ? new JdkTransport() : new NettyTransport();
    try (MemoryStore store = MemoryStore.withAccounts(USER);
        MailServer server =
            MailServer.builder()
                .transport(transport)
                .listen("imap", "127.0.0.1", 0, TlsMode.NONE, imap(store))
                .start()) {
      System.out.println(server.port("imap"));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (in.readLine() != null) {
        System.out.println(heap() + " " + direct() + " " + server.connections());
      }
    }
  }

  private static ImapService imap(MemoryStore store) {
    return ImapService.builder()
        .store(store)
        .authenticator(new Anybody())
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .build();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long direct() {
    long sum = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      sum += pool.getMemoryUsed();
    }
    return sum;
  }
}
