package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.CertificateNames;
import org.posthorn.protocol.sasl.ExternalMechanism;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.security.KeyMaterial;
import org.posthorn.security.SelfSigned;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.TlsMode;
import org.posthorn.store.memory.MemoryStore;

/** EXTERNAL with client certificates, over real handshakes of both drivers. */
class SaslOverTlsTest {
  private static MailServer server(Setup.Driver driver, TlsConfig tls) throws IOException {
    Pop3Service pop3 =
        Pop3Service.builder()
            .store(MemoryStore.withAccounts("alice"))
            .authenticator(new MemoryAuthenticator().user("alice", "pencil"))
            .sasl(SaslPolicy.STANDARD.with(new ExternalMechanism(CertificateNames.commonName())))
            .build();
    return MailServer.builder()
        .transport(driver.transport())
        .tls(tls)
        .listen("pop3s", TestServer.HOST, 0, TlsMode.IMPLICIT, pop3)
        .start();
  }

  /** A POP3 client under TLS. */
  private record Client(SSLSocket socket, BufferedReader in) implements AutoCloseable {
    static Client open(SSLContext context, MailServer server) throws IOException {
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(TestServer.HOST, server.port("pop3s"));
      socket.setSoTimeout(TestServer.PATIENCE_MILLIS);
      socket.startHandshake();
      Client client =
          new Client(
              socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
      assertTrue(client.in.readLine().startsWith("+OK"));
      return client;
    }

    String ask(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
      return in.readLine();
    }

    String capabilities() throws IOException {
      StringBuilder all = new StringBuilder(ask("CAPA"));
      for (String line = in.readLine(); !line.equals("."); line = in.readLine()) {
        all.append('\n').append(line);
      }
      return all.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void clientCertificates(Setup.Driver driver) throws Exception {
    KeyMaterial keys = SelfSigned.certificate(TestServer.HOST);
    KeyMaterial alice = SelfSigned.certificate("alice");
    TlsConfig tls =
        TlsConfig.builder()
            .keys(keys.keyManager())
            .clientAuth(TlsConfig.ClientAuth.OPTIONAL, TestTls.trusting(alice))
            .build();
    try (MailServer server = server(driver, tls)) {
      try (Client client = Client.open(context(keys, alice.keyManager()), server)) {
        assertTrue(client.capabilities().contains(" EXTERNAL"));
        assertEquals(
            "-ERR [AUTH] Not allowed to act as that user",
            client.ask("AUTH EXTERNAL " + encode("bob")));
        assertEquals("+OK Maildrop has 0 messages", client.ask("AUTH EXTERNAL ="));
      }
      try (Client client = Client.open(context(keys), server)) {
        assertFalse(client.capabilities().contains("EXTERNAL"));
        assertTrue(client.ask("AUTH EXTERNAL =").startsWith("-ERR"));
      }
    }
  }

  private static SSLContext context(KeyMaterial trusted, KeyManager... own)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, new TrustManager[] {TestTls.trusting(trusted)}, null);
    return context;
  }
}
