package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsEngines;

/** A TLS provider that throws costs its connection, at once, and nobody else's. */
@Timeout(60)
public abstract class BrokenTlsContract {
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();

  /** A new transport, not started. */
  protected abstract Transport transport();

  /** Shakes hands well; then it throws when it is asked what came of it. */
  private static final class Broken implements TlsEngines {
    private final SSLContext context;

    Broken() throws GeneralSecurityException {
      context = SSLContext.getInstance("TLS");
      TlsConfig keys = LineClient.tls("localhost.p12");
      context.init(new javax.net.ssl.KeyManager[] {keys.keys()}, null, null);
    }

    @Override
    public SSLEngine newEngine(@Nullable TrustManager trust) {
      return context.createSSLEngine();
    }

    @Override
    public @Nullable Secret exporter(SSLEngine engine) {
      throw new UnsupportedOperationException("no exporter");
    }
  }

  @Test
  void whatThrowsAfterTheHandshakeEndsTheConnection() throws Exception {
    LineEngine.Service service = new LineEngine.Service();
    try (MailServer server =
        MailServer.builder()
            .transport(transport())
            .tls(TlsConfig.builder().engines(new Broken()).build())
            .events((when, protocol, connection, event) -> events.add(event))
            .listen("plain", "127.0.0.1", 0, TlsMode.STARTTLS, service)
            .listen("tls", "127.0.0.1", 0, TlsMode.IMPLICIT, service)
            .start()) {
      try (LineClient client = new LineClient(server.address("tls"))) {
        assertTrue(endsAfterHandshake(client));
      }
      try (LineClient client = new LineClient(server.address("plain"));
          LineClient other = new LineClient(server.address("plain"))) {
        assertEquals("hello 127.0.0.1", client.line());
        assertEquals("hello 127.0.0.1", other.line());
        assertEquals("begin", client.ask("starttls"));
        assertTrue(endsAfterHandshake(client));
        assertEquals("alive", other.ask("echo alive"));
      }
      TransportContract.await("all gone", () -> server.connections() == 0);
    }
    List<String> reasons =
        events.stream()
            .filter(Event.Closed.class::isInstance)
            .map(event -> ((Event.Closed) event).reason())
            .filter("no exporter"::equals)
            .toList();
    assertEquals(2, reasons.size());
  }

  /** The client may or may not see its handshake through before the end. */
  private static boolean endsAfterHandshake(LineClient client) {
    try {
      client.startTls("localhost");
    } catch (IOException e) {
      return true;
    }
    return client.ended();
  }
}
