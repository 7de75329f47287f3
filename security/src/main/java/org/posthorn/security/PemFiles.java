package org.posthorn.security;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Certificates and keys in PEM files (RFC 7468), as certificate authorities and ACME clients leave
 * them.
 */
public final class PemFiles {
  private PemFiles() {}

  /** Reads a chain and a key that is not encrypted. */
  public static KeyMaterial read(Path chain, Path key)
      throws IOException, GeneralSecurityException {
    return read(chain, key, new char[0]);
  }

  /**
   * Reads a chain (the server's certificate first) and a key in PKCS #8, PKCS #1 or SEC 1 form.
   * Both may stand in one file.
   *
   * @param password for an encrypted key; else unused
   * @throws GeneralSecurityException when a file does not hold what it should
   */
  public static KeyMaterial read(Path chain, Path key, char[] password)
      throws IOException, GeneralSecurityException {
    return new KeyMaterial(key(key, password), certificates(chain));
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object object : objects(file)) {
      if (object instanceof X509CertificateHolder holder) {
        certificates.add(converter.getCertificate(holder));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in " + file);
    }
    return certificates;
  }

  private static PrivateKey key(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    for (Object object : objects(file)) {
      PrivateKeyInfo key = privateKey(object, file, password);
      if (key != null) {
        return new JcaPEMKeyConverter().getPrivateKey(key);
      }
    }
    throw new GeneralSecurityException("no private key in " + file);
  }

  private static @org.jspecify.annotations.Nullable PrivateKeyInfo privateKey(
      Object object, Path file, char[] password) throws IOException, GeneralSecurityException {
    try {
      if (object instanceof PrivateKeyInfo key) {
        return key;
      } else if (object instanceof PEMKeyPair pair) {
        return pair.getPrivateKeyInfo();
      } else if (object instanceof PEMEncryptedKeyPair encrypted) {
        return encrypted
            .decryptKeyPair(new JcePEMDecryptorProviderBuilder().build(password))
            .getPrivateKeyInfo();
      } else if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        return encrypted.decryptPrivateKeyInfo(
            new JceOpenSSLPKCS8DecryptorProviderBuilder().build(password));
      }
      return null;
    } catch (PEMException | PKCSException | OperatorCreationException e) {
      throw new GeneralSecurityException("wrong password, or damaged key in " + file, e);
    }
  }

  private static List<Object> objects(Path file) throws IOException, GeneralSecurityException {
    List<Object> objects = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
      return objects;
    } catch (PEMException e) {
      throw new GeneralSecurityException("damaged PEM in " + file, e);
    }
  }

  /**
   * Writes both files; the key in PKCS #8 form, readable by its owner alone where the file system
   * knows owners.
   */
  public static void write(KeyMaterial material, Path chain, Path key) throws IOException {
    try (Writer writer = Files.newBufferedWriter(chain, StandardCharsets.US_ASCII);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      for (X509Certificate certificate : material.chain()) {
        pem.writeObject(certificate);
      }
    }
    createPrivate(key);
    try (Writer writer = Files.newBufferedWriter(key, StandardCharsets.US_ASCII);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      pem.writeObject(new JcaPKCS8Generator(material.key(), null));
    }
  }

  private static void createPrivate(Path file) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
