package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** A node behind something that speaks TLS. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class EncryptedTest {
  private static final char[] SECRET = "changeit".toCharArray();

  private final String keyspace = TestKeyspace.emptied();
  private final AtomicInteger encrypted = new AtomicInteger();
  private final ExecutorService crew = Executors.newCachedThreadPool();
  private SSLContext context;
  private SSLServerSocket door;

  @TempDir Path directory;

  @BeforeEach
  void listen() throws Exception {
    listenWith(context("ip:127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    crew.shutdownNow();
  }

  /** Has a certificate for that name, and trusts it. */
  private SSLContext context(String name) throws Exception {
    Path file = directory.resolve(Ids.token() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=node",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(SECRET))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, SECRET);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, SECRET);
    KeyStore others = KeyStore.getInstance("PKCS12");
    others.load(null, SECRET);
    others.setCertificateEntry("node", keys.getCertificate("node"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(others);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return made;
  }

  private void relay(SSLSocket client) {
    var unused =
        crew.submit(
            () -> {
              client.startHandshake();
              encrypted.incrementAndGet();
              CassandraNode node = CassandraNode.shared();
              Socket server = new Socket(node.host(), node.cqlPort());
              var unusedAnswers = crew.submit(() -> copy(client, server));
              return copy(server, client);
            });
  }

  private static boolean copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
    return true;
  }

  private CassandraOptions options() {
    return CassandraStore.at(
        keyspace.replaceFirst("//.*/", "//127.0.0.1:" + door.getLocalPort() + "/"));
  }

  @Test
  void aStoreSpeaksTlsWithNodesThatItTrusts() throws Exception {
    try (CassandraStore store = options().sslContext(context).open()) {
      assertTrue(store.facet(AccountDirectory.class).orElseThrow().create("alice"));
    }
    assertTrue(encrypted.get() > 0);
    SSLContext stranger = context("ip:127.0.0.1");
    StoreException refused =
        assertThrows(StoreException.class, () -> options().sslContext(stranger).open());
    assertEquals(StoreException.Code.UNAVAILABLE, refused.code());
  }

  @Test
  void aNodeHasToHaveTheNameByWhichItIsCalled() throws Exception {
    door.close();
    listenWith(context("dns:node.example"));
    StoreException refused =
        assertThrows(StoreException.class, () -> options().sslContext(context).open());
    assertEquals(StoreException.Code.UNAVAILABLE, refused.code());
  }

  private void listenWith(SSLContext its) throws Exception {
    context = its;
    door =
        (SSLServerSocket)
            its.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused =
        crew.submit(
            () -> {
              while (!door.isClosed()) {
                relay((SSLSocket) door.accept());
              }
              return null;
            });
  }

  @Test
  void whatWouldLoseMailIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> options().freeAfter(Duration.ofMinutes(9)));
    assertThrows(IllegalArgumentException.class, () -> options().sectionUids(80_001));
  }
}
