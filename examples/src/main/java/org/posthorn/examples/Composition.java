package org.posthorn.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.url.StoredUrls;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SenderIdentities;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.UrlResolver;
import org.posthorn.store.MailStore;
import org.posthorn.store.UrlKeys;

/** Puts a server together from options: the integration that any embedder would write. */
final class Composition {
  private final ServeOptions options;
  private final MailStore store;
  private final Authenticator users;
  private final MailHandler delivery;
  private final Set<String> domains;

  private Composition(
      ServeOptions options, MailStore store, Authenticator users, LocalDelivery delivery) {
    this.options = options;
    this.store = store;
    this.users = users;
    this.domains = options.domains.isEmpty() ? Set.of("localhost") : Set.copyOf(options.domains);
    this.delivery = Checks.before(delivery, options);
  }

  /**
   * Serves until the process is asked to end.
   *
   * @param out gets a line for each listener, and {@code ready}
   * @param started what to do when all ports are open
   */
  static void run(ServeOptions options, PrintStream out, Consumer<MailServer> started)
      throws Exception {
    try (MailStore store = StoreOption.open(options.store, options.compress);
        MailFlow mail = MailFlow.of(options, store);
        MailServer server = start(options, store, mail);
        ScheduledRetention retention = new ScheduledRetention();
        ScheduledBackup backup = new ScheduledBackup()) {
      retention.start(options.retention, store);
      backup.start(options, store);
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, main), "stop"));
      for (String listener : server.listeners()) {
        out.println(listener + " " + options.host + ":" + server.port(listener));
      }
      started.accept(server);
      mail.collect(options);
      out.println("ready");
      server.awaitStop();
    }
  }

  /** The process ends when its hooks have, so the hook waits for the store to be closed. */
  private static void stop(MailServer server, Thread main) {
    server.close();
    try {
      main.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MailServer start(ServeOptions options, MailStore store, MailFlow mail)
      throws Exception {
    return new Composition(options, store, Users.of(options, store), mail.delivery()).start();
  }

  private MailServer start() throws IOException, GeneralSecurityException {
    MailServer.Builder server =
        MailServer.builder()
            .transport(new NettyTransport())
            .tls(TlsOption.of(options))
            .events(AccessLog.toLogger());
    for (Map.Entry<String, Integer> listener : options.ports().entrySet()) {
      String name = listener.getKey();
      TlsMode tls = name.endsWith("s") ? TlsMode.IMPLICIT : TlsMode.STARTTLS;
      server.listen(name, options.host, listener.getValue(), tls, service(name));
    }
    return server.start();
  }

  private EngineFactory service(String listener) {
    return switch (listener) {
      case "imap", "imaps" -> imap();
      case "pop3", "pop3s" -> pop3();
      case "submission", "submissions" -> submission();
      case "smtp" -> SmtpService.mx(options.hostname, delivery).build();
      case "lmtp" -> SmtpService.lmtp(options.hostname, delivery).build();
      default -> throw new IllegalArgumentException("no service " + listener);
    };
  }

  private SaslPolicy sasl() {
    return options.allowPlaintext
        ? SaslPolicy.STANDARD.allowingPasswordsWithoutTls()
        : SaslPolicy.STANDARD;
  }

  private ImapService imap() {
    return ImapService.builder()
        .store(store)
        .authenticator(users)
        .sasl(sasl())
        .hostname(options.hostname)
        .build();
  }

  private Pop3Service pop3() {
    return Pop3Service.builder()
        .store(store)
        .authenticator(users)
        .sasl(sasl())
        .hostname(options.hostname)
        .build();
  }

  private SmtpService submission() {
    SmtpService.Builder service =
        SmtpService.submission(options.hostname, delivery, users).sasl(sasl());
    if (options.anyUser == null) { // otherwise everybody is whoever they say
      service.identities(SenderIdentities.ofAccounts(domains));
    }
    if (store.facet(UrlKeys.class).isPresent()) {
      service.urls(UrlResolver.authorized(new StoredUrls(store, InstantSource.system())));
    }
    return service.build();
  }
}
