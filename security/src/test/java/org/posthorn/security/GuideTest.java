package org.posthorn.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.CachedHash;
import org.posthorn.protocol.sasl.FileAuthenticator;
import org.posthorn.protocol.sasl.PasswordHash;
import org.posthorn.testkit.Guide;

/** The code of README.md. */
class GuideTest {
  @TempDir Path folder;

  @Test
  void aCertificateIsMade() throws Exception {
    KeyMaterial keys = SelfSigned.certificate("localhost", "127.0.0.1", "::1");
    SSLContext context = keys.sslContext();
    String toBeTrusted = keys.certificatesPem();
    assertEquals("TLS", context.getProtocol());
    assertTrue(toBeTrusted.startsWith("-----BEGIN CERTIFICATE-----"));
  }

  @Test
  void pemIsRead() throws Exception {
    PemFiles.write(
        SelfSigned.certificate("localhost"),
        folder.resolve("fullchain.pem"),
        folder.resolve("privkey.pem"));
    KeyMaterial keys =
        PemFiles.read(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
    X509ExtendedKeyManager manager = keys.keyManager();
    assertNotNull(manager.getPrivateKey("server"));
  }

  @Test
  void bouncyCastlesTls() throws Exception {
    KeyMaterial keys = SelfSigned.certificate("localhost");
    BouncyCastleTls engines = new BouncyCastleTls(keys);
    SSLEngine engine = engines.newEngine(null);
    assertTrue(List.of(engine.getSupportedProtocols()).contains("TLSv1.3"));
    assertNull(engines.exporter(engine), "no handshake, no exporter");
  }

  @Test
  void passwordsAreKept() throws Exception {
    FileAuthenticator users =
        new FileAuthenticator(folder.resolve("users"), List.of(new Argon2idHash()));
    users.put("alice", Secret.of("secret"));
    assertTrue(Files.readString(folder.resolve("users")).contains(" $argon2id$"));
  }

  @Test
  void verificationsAreCached() {
    PasswordHash cached = new CachedHash(new Argon2idHash(), 1_000, Duration.ofMinutes(5));
    assertTrue(cached.matches(Secret.of("secret"), cached.hash(Secret.of("secret"))));
  }

  @Test
  void theGuideHasThisCode() throws IOException {
    Guide.check(
        Path.of("README.md"), Path.of("src/test/java/org/posthorn/security/GuideTest.java"));
  }
}
