package org.posthorn.examples;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.posthorn.relay.HostAddresses;
import org.posthorn.relay.MailQueue;
import org.posthorn.relay.MtaSts;
import org.posthorn.relay.MxRouter;
import org.posthorn.relay.RetryPolicy;
import org.posthorn.relay.Route;
import org.posthorn.relay.Router;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.store.StoreException;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/** Opens the outbound queue that {@code --relay} asks for. */
final class RelayOption {
  private static final int SMTP = 25;
  private static final int DNS = 53;

  private RelayOption() {}

  static MailQueue open(ServeOptions serve) throws IOException, StoreException {
    RelayOptions options = serve.relay;
    String relay = String.valueOf(options.relay);
    String hostname = serve.listen.hostname;
    boolean byMx = relay.equals("mx");
    Resolver resolver = resolver(options.dns);
    ClientSettings settings = settings(options, hostname);
    Path folder = options.queue;
    if (folder == null) {
      folder = StateFolder.of(serve.accounts, "queue").resolve("queue");
    }
    Router router =
        byMx
            ? byMx(options, resolver, settings, folder)
            : Router.smartHost(new Route.Hop(host(relay), port(relay, SMTP), settings));
    boolean dns = byMx || options.dns != null;
    return MailQueue.in(folder, hostname, Router.local(serve.domains(), router))
        .addresses(dns ? HostAddresses.from(resolver) : HostAddresses.SYSTEM)
        .retry(retry(options))
        .open();
  }

  private static RetryPolicy retry(RelayOptions options) {
    RetryPolicy policy = RetryPolicy.STANDARD;
    if (options.retrySeconds != null) {
      Duration first = Duration.ofSeconds(options.retrySeconds);
      Duration longest = policy.longest();
      policy = policy.withWaits(first, first.compareTo(longest) > 0 ? first : longest);
    }
    if (options.delaySeconds != null) {
      policy = policy.withDelayNotice(Duration.ofSeconds(options.delaySeconds));
    }
    return options.giveUpSeconds == null
        ? policy
        : policy.withExpiry(Duration.ofSeconds(options.giveUpSeconds));
  }

  private static Router byMx(
      RelayOptions options, Resolver resolver, ClientSettings settings, Path folder)
      throws IOException {
    MxRouter router = new MxRouter(resolver, settings, options.relayMxPort);
    if (options.dnsSigned) {
      router = router.believingSignatures();
    }
    if (!options.mtaSts) {
      return router;
    }
    MtaSts policies = new MtaSts(resolver, MtaSts.https(), Clock.systemUTC());
    return router.following(policies.keptIn(folder.resolve("policies")));
  }

  private static ClientSettings settings(RelayOptions options, String hostname) {
    TlsUse tls = options.relayTls;
    ClientSettings settings = ClientSettings.smtp(hostname).withTls(tls);
    String user = options.relayUser;
    if (user == null) {
      return settings;
    }
    int colon = user.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("--relay-user takes NAME:PASSWORD");
    }
    ClientSettings login = settings.withLogin(user.substring(0, colon), user.substring(colon + 1));
    // A password goes to nobody who has not proven a name, unless that is asked for.
    return switch (tls) {
      case OPPORTUNISTIC -> login.withTls(TlsUse.REQUIRED);
      case NONE -> login.allowingPasswordsWithoutTls();
      case REQUIRED, IMPLICIT -> login;
    };
  }

  private static Resolver resolver(@Nullable String server) {
    if (server == null) {
      return new ExtendedResolver();
    }
    try {
      SimpleResolver resolver = new SimpleResolver(host(server));
      resolver.setPort(port(server, DNS));
      return resolver;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--dns: unknown host " + server, e);
    }
  }

  /** {@code HOST}, {@code HOST:PORT}, {@code [IPV6]:PORT}. */
  private static String host(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 || text.endsWith("]") ? text : text.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String text, int otherwise) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("HOST:PORT expected: " + text, e);
    }
  }
}
