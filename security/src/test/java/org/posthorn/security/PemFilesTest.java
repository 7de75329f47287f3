package org.posthorn.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.Secret;

class PemFilesTest {
  private static final Secret PASSWORD = Secret.of("öffne");
  private static KeyMaterial rsa;
  private static KeyMaterial ec;

  @TempDir Path folder;

  enum Form {
    PKCS8,
    PKCS8_ENCRYPTED,
    TRADITIONAL,
    TRADITIONAL_ENCRYPTED
  }

  @BeforeAll
  static void makeKeys() throws Exception {
    ec = SelfSigned.certificate("localhost");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=localhost");
    Instant now = Instant.now();
    rsa =
        new KeyMaterial(
            pair.getPrivate(),
            List.of(
                new JcaX509CertificateConverter()
                    .getCertificate(
                        new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(3600)),
                                name,
                                pair.getPublic())
                            .build(
                                new JcaContentSignerBuilder("SHA256withRSA")
                                    .build(pair.getPrivate())))));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private static String pem(PrivateKey key, Form form) throws Exception {
    return switch (form) {
      case PKCS8 -> pem(new JcaPKCS8Generator(key, null));
      case PKCS8_ENCRYPTED -> {
        OutputEncryptor encryptor =
            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setRandom(new SecureRandom())
                .setPassword(PASSWORD.revealText().toCharArray())
                .build();
        yield pem(new JcaPKCS8Generator(key, encryptor));
      }
      case TRADITIONAL -> pem(key);
      case TRADITIONAL_ENCRYPTED -> {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
          writer.writeObject(
              key,
              new JcePEMEncryptorBuilder("AES-128-CBC")
                  .setProvider(new BouncyCastleProvider())
                  .build(PASSWORD.revealText().toCharArray()));
        }
        yield text.toString();
      }
    };
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfAKeyIsRead(Form form) throws Exception {
    for (KeyMaterial keys : new KeyMaterial[] {rsa, ec}) {
      Path certificate = write("cert.pem", keys.certificatesPem());
      Path key = write("key.pem", pem(keys.key(), form));
      KeyMaterial read = PemFiles.read(certificate, key, PASSWORD);
      assertEquals(keys.chain(), read.chain());
      assertEquals(keys.certificate(), read.keyStore(new char[0]).getCertificate("server"));
    }
  }

  @Test
  void openSslParametersBeforeTheKeyAreSkipped() throws Exception {
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    Path both =
        write(
            "both.pem",
            "text before\n" + ec.certificatesPem() + parameters + pem(ec.key(), Form.TRADITIONAL));
    assertEquals(ec.chain(), PemFiles.read(both, both).chain());
  }

  @ParameterizedTest
  @EnumSource(names = {"PKCS8_ENCRYPTED", "TRADITIONAL_ENCRYPTED"})
  void anEncryptedKeyNeedsItsPassword(Form form) throws Exception {
    Path certificate = write("cert.pem", rsa.certificatesPem());
    Path key = write("key.pem", pem(rsa.key(), form));
    assertThrows(GeneralSecurityException.class, () -> PemFiles.read(certificate, key));
    assertThrows(
        GeneralSecurityException.class, () -> PemFiles.read(certificate, key, Secret.of("wrong")));
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Path certificate = write("cert.pem", rsa.certificatesPem());
    Path key = write("key.pem", pem(ec.key(), Form.PKCS8));
    assertThrows(GeneralSecurityException.class, () -> PemFiles.read(certificate, key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n"
      })
  void filesThatHoldNoneAreRefused(String text) throws Exception {
    Path good = write("good.pem", ec.certificatesPem() + pem(ec.key(), Form.PKCS8));
    Path bad = write("bad.pem", text);
    assertThrows(GeneralSecurityException.class, () -> PemFiles.read(bad, good));
    assertThrows(GeneralSecurityException.class, () -> PemFiles.read(good, bad));
  }

  @Test
  void aMissingFileIsAnIoError() {
    Path none = folder.resolve("none.pem");
    assertThrows(IOException.class, () -> PemFiles.read(none, none));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    PemFiles.write(ec, certificate, key);
    assertEquals(ec, PemFiles.read(certificate, key));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }
}
