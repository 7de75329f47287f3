package org.posthorn.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  @TempDir Path folder;

  private static KeyMaterial selfSigned(String... hosts) throws GeneralSecurityException {
    return SelfSigned.certificate(
        List.of(hosts), Duration.ofDays(30), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void certificateNamesHostsAndAddresses() throws Exception {
    KeyMaterial made = selfSigned("mx.example.org", "localhost", "127.0.0.1", "::1");
    made.certificate().verify(made.certificate().getPublicKey());
    List<Object> names =
        made.certificate().getSubjectAlternativeNames().stream()
            .<Object>map(name -> name.get(0) + "=" + name.get(1))
            .toList();
    assertEquals(
        List.of("2=mx.example.org", "2=localhost", "7=127.0.0.1", "7=0:0:0:0:0:0:0:1"), names);
    assertEquals(NOW.plus(Duration.ofDays(30)), made.certificate().getNotAfter().toInstant());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    KeyMaterial made = selfSigned("localhost");
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    PemFiles.write(made, chain, key);
    KeyMaterial read = PemFiles.read(chain, key);
    assertEquals(made.chain(), read.chain());
    assertEquals(made.key(), read.key());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    assertTrue(read.keyManager().getPrivateKey("server") != null);
  }

  @Test
  void readsSec1AndEncryptedKeys() throws Exception {
    KeyMaterial made = selfSigned("localhost");
    Path chain = folder.resolve("chain.pem");
    Path key = folder.resolve("key.pem");
    PemFiles.write(made, chain, key);
    try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(key))) {
      pem.writeObject(made.key());
    }
    assertTrue(Files.readString(key).contains("EC PRIVATE KEY"));
    assertEquals(made.key(), PemFiles.read(chain, key).key());
    try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(key))) {
      pem.writeObject(
          new JcaPKCS8Generator(
              made.key(),
              new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                  .setPassword("secret".toCharArray())
                  .build()));
    }
    assertEquals(made.key(), PemFiles.read(chain, key, "secret".toCharArray()).key());
    assertThrows(
        GeneralSecurityException.class, () -> PemFiles.read(chain, key, "wrong".toCharArray()));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertTrue(
        assertThrows(GeneralSecurityException.class, () -> PemFiles.read(empty, empty))
            .getMessage()
            .startsWith("no private key in"));
  }
}
