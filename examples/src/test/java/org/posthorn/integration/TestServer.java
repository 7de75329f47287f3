package org.posthorn.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.url.StoredUrls;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.UrlResolver;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;

/**
 * A server with every protocol on ports of its own. Its users are alice and bob of example.org; the
 * name is the account, the password is secret. Passwords are let through without TLS as well.
 */
final class TestServer implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  static final String ALICE = "alice@example.org";
  static final String BOB = "bob@example.org";
  static final String PASSWORD = "secret";

  /** How long a client waits for an answer. */
  static final int PATIENCE_MILLIS = 30_000;

  private static final String HOSTNAME = "mx.example.org";

  /** One for all: deriving keys from passwords takes its time. */
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", PASSWORD).user("bob", PASSWORD);

  private final MailStore store;
  private final MailServer server;

  private TestServer(MailStore store, MailServer server) {
    this.store = store;
    this.server = server;
  }

  /** Starts one; a store that keeps its mail keeps it in the folder. */
  static TestServer start(Setup setup, Path folder)
      throws IOException, StoreException, GeneralSecurityException {
    return start(setup.driver(), setup.store().open(folder, Clock.systemUTC()), folder);
  }

  /** Starts one over a store, which it closes in the end; what it spools goes to the folder. */
  static TestServer start(Setup.Driver driver, MailStore store, Path folder)
      throws IOException, StoreException, GeneralSecurityException {
    return start(driver, store, folder, UnaryOperator.identity());
  }

  /**
   * Starts one whose mail passes a handler of the test's.
   *
   * @param before puts that in front of the delivery
   */
  static TestServer start(
      Setup.Driver driver, MailStore store, Path folder, UnaryOperator<MailHandler> before)
      throws IOException, StoreException, GeneralSecurityException {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create("alice");
    accounts.create("bob");
    MailHandler delivery =
        before.apply(
            LocalDelivery.into(store, HOSTNAME)
                .domains(Set.of("example.org"))
                .spool(folder.resolve("spool"), 256 << 10)
                .build());
    SaslPolicy sasl = SaslPolicy.STANDARD.allowingPasswordsWithoutTls();
    EngineFactory imap = ImapService.builder().store(store).authenticator(USERS).sasl(sasl).build();
    EngineFactory pop3 = Pop3Service.builder().store(store).authenticator(USERS).sasl(sasl).build();
    SmtpService.Builder submission = SmtpService.submission(HOSTNAME, delivery, USERS).sasl(sasl);
    if (store.facet(UrlKeys.class).isPresent()) {
      submission.urls(UrlResolver.authorized(new StoredUrls(store, InstantSource.system())));
    }
    SmtpService submissions = submission.build();
    MailServer server =
        MailServer.builder()
            .transport(driver.transport())
            .tls(TestTls.server())
            .listen("imap", HOST, 0, TlsMode.STARTTLS, imap)
            .listen("imaps", HOST, 0, TlsMode.IMPLICIT, imap)
            .listen("pop3", HOST, 0, TlsMode.STARTTLS, pop3)
            .listen("pop3s", HOST, 0, TlsMode.IMPLICIT, pop3)
            .listen("submission", HOST, 0, TlsMode.STARTTLS, submissions)
            .listen("submissions", HOST, 0, TlsMode.IMPLICIT, submissions)
            .listen("smtp", HOST, 0, TlsMode.STARTTLS, SmtpService.mx(HOSTNAME, delivery).build())
            .listen("lmtp", HOST, 0, TlsMode.NONE, SmtpService.lmtp(HOSTNAME, delivery).build())
            .start();
    return new TestServer(store, server);
  }

  int port(String listener) {
    return server.port(listener);
  }

  ImapClient imap(String user) throws IOException {
    return ImapClient.login(port("imap"), user, PASSWORD);
  }

  Pop3Client pop3(String user) throws IOException {
    return Pop3Client.login(port("pop3"), user, PASSWORD);
  }

  SmtpClient smtp() throws IOException {
    return SmtpClient.connect(port("smtp"));
  }

  @Override
  public void close() throws StoreException {
    server.close();
    store.close();
  }
}
