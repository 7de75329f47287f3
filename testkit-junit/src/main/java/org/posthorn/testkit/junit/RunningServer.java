package org.posthorn.testkit.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.SmtpService;
import org.posthorn.store.memory.MemoryStore;

/** A server on ports of its own, over a memory store. */
final class RunningServer implements AutoCloseable {
  private final MemoryStore store = MemoryStore.builder().build();
  private final TestAccounts accounts;
  private final MailServer server;

  RunningServer(PosthornExtension.Builder settings) {
    accounts = new TestAccounts(store, settings.users().keySet());
    accounts.reset();
    LocalDelivery delivery =
        LocalDelivery.into(store, PosthornExtension.HOST).domains(settings.domains()).build();
    MailServer.Builder builder = MailServer.builder();
    Services services = new Services(store, authenticator(settings.users()), delivery);
    try {
      if (settings.tls()) {
        builder.tls(TestCertificate.server());
      }
      for (MailPort port : settings.ports()) {
        TlsMode mode =
            port.implicitTls()
                ? TlsMode.IMPLICIT
                : settings.tls() ? TlsMode.STARTTLS : TlsMode.NONE;
        builder.listen(port.name(), PosthornExtension.HOST, 0, mode, services.of(port));
      }
      server = builder.start();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MemoryAuthenticator authenticator(Map<String, String> users) {
    MemoryAuthenticator authenticator = new MemoryAuthenticator();
    users.forEach(authenticator::user);
    return authenticator;
  }

  MemoryStore store() {
    return store;
  }

  TestAccounts accounts() {
    return accounts;
  }

  int port(MailPort port) {
    return server.port(port.name());
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }

  /** Passwords go without TLS, and a wrong one costs no time: it is a test. */
  private record Services(MemoryStore store, MemoryAuthenticator users, LocalDelivery delivery) {
    private static final SaslPolicy SASL = SaslPolicy.STANDARD.allowingPasswordsWithoutTls();

    EngineFactory of(MailPort port) {
      return switch (port) {
        case IMAP, IMAPS ->
            ImapService.builder()
                .store(store)
                .authenticator(users)
                .sasl(SASL)
                .failureDelay(FailureDelay.NONE)
                .throttle(LoginThrottle.none())
                .build();
        case POP3, POP3S ->
            Pop3Service.builder()
                .store(store)
                .authenticator(users)
                .sasl(SASL)
                .failureDelay(FailureDelay.NONE)
                .throttle(LoginThrottle.none())
                .build();
        case SUBMISSION, SUBMISSIONS ->
            SmtpService.submission(PosthornExtension.HOST, delivery, users)
                .sasl(SASL)
                .failureDelay(FailureDelay.NONE)
                .throttle(LoginThrottle.none())
                .build();
        case SMTP -> SmtpService.mx(PosthornExtension.HOST, delivery).build();
        case LMTP -> SmtpService.lmtp(PosthornExtension.HOST, delivery).build();
      };
    }
  }
}
