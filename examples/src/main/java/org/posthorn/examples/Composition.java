package org.posthorn.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.url.StoredUrls;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.ListenerConfig;
import org.posthorn.server.MailServer;
import org.posthorn.server.Network;
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

  private Composition(
      ServeOptions options, MailStore store, Authenticator users, MailHandler delivery) {
    this.options = options;
    this.store = store;
    this.users = users;
    this.delivery = delivery;
  }

  /**
   * Serves until the process is asked to end.
   *
   * @param out gets a line for each listener, and {@code ready}
   * @param started what to do when all ports are open
   */
  static void run(ServeOptions options, PrintStream out, Consumer<MailServer> started)
      throws Exception {
    try (MailStore store = StoreOption.open(options.accounts);
        MailFlow mail = MailFlow.of(options, store);
        AccessLog log = AccessLog.of(options.log.accessLog);
        MailServer server = start(options, store, mail, log);
        ScheduledRetention retention = new ScheduledRetention();
        ScheduledBackup backup = new ScheduledBackup()) {
      retention.start(options.retention, store);
      backup.start(options.backup, store);
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, main), "stop"));
      for (String listener : server.listeners()) {
        out.println(listener + " " + options.listen.host + ":" + server.port(listener));
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

  private static MailServer start(
      ServeOptions options, MailStore store, MailFlow mail, AccessLog log) throws Exception {
    Authenticator users = Users.of(options, store);
    return new Composition(options, store, users, mail.handler()).start(log);
  }

  private MailServer start(AccessLog log) throws IOException, GeneralSecurityException {
    MailServer.Builder server =
        MailServer.builder()
            .transport(new NettyTransport())
            .tls(TlsOption.of(options))
            .limits(options.limits.server())
            .events(log);
    Network[] proxies = options.listen.proxies.stream().map(Network::of).toArray(Network[]::new);
    for (Map.Entry<String, Integer> port : options.listen.ports().entrySet()) {
      String name = port.getKey();
      TlsMode tls = name.endsWith("s") ? TlsMode.IMPLICIT : TlsMode.STARTTLS;
      ListenerConfig listener =
          new ListenerConfig(name, options.listen.host, port.getValue(), tls, service(name));
      server.listen(proxies.length == 0 ? listener : listener.behind(proxies));
    }
    return server.start();
  }

  private EngineFactory service(String listener) {
    return switch (listener) {
      case "imap", "imaps" -> imap();
      case "pop3", "pop3s" -> pop3();
      case "submission", "submissions" -> submission();
      case "smtp", "smtps" -> limited(SmtpService.mx(options.listen.hostname, delivery));
      case "lmtp" -> limited(SmtpService.lmtp(options.listen.hostname, delivery));
      default -> throw new IllegalArgumentException("no service " + listener);
    };
  }

  private SmtpService limited(SmtpService.Builder service) {
    return service.limits(options.limits.smtp()).build();
  }

  private SaslPolicy sasl() {
    return options.listen.allowPlaintext
        ? SaslPolicy.STANDARD.allowingPasswordsWithoutTls()
        : SaslPolicy.STANDARD;
  }

  private ImapService imap() {
    return ImapService.builder()
        .limits(options.limits.imap())
        .store(store)
        .authenticator(users)
        .sasl(sasl())
        .hostname(options.listen.hostname)
        .build();
  }

  private Pop3Service pop3() {
    Pop3Service.Builder service =
        Pop3Service.builder()
            .store(store)
            .authenticator(users)
            .sasl(sasl())
            .hostname(options.listen.hostname);
    options.pop3.applyTo(service);
    return service.build();
  }

  private SmtpService submission() {
    SmtpService.Builder service =
        SmtpService.submission(options.listen.hostname, delivery, users).sasl(sasl());
    if (options.accounts.anyUser == null) { // otherwise everybody is whoever they say
      service.identities(SenderIdentities.ofAccounts(options.domains()));
    }
    if (store.facet(UrlKeys.class).isPresent()) {
      service.urls(UrlResolver.authorized(new StoredUrls(store, InstantSource.system())));
    }
    return limited(service);
  }
}
