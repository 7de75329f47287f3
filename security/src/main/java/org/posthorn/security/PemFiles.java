package org.posthorn.security;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.EncryptionException;
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
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;

/** Reads keys and certificates in PEM, the form in which certificate authorities hand them out. */
public final class PemFiles {
  /** Used by itself, never registered, so that nothing else in the process changes. */
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private PemFiles() {}

  /** Reads a certificate chain and a key that is not encrypted. */
  public static KeyMaterial read(Path certificates, Path key)
      throws IOException, GeneralSecurityException {
    return read(certificates, key, null);
  }

  /**
   * Reads a certificate chain and its key.
   *
   * @param certificates the server's certificate first, then each one's issuer
   * @param key in PKCS #8, PKCS #1 or SEC 1, encrypted or not; may be the same file
   * @param password of an encrypted key
   * @throws GeneralSecurityException when the files do not hold what they should, the password is
   *     wrong or missing, or the key belongs to another certificate
   */
  public static KeyMaterial read(Path certificates, Path key, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object object : objects(certificates)) {
      if (object instanceof X509CertificateHolder holder) {
        chain.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate in " + certificates);
    }
    PrivateKey privateKey = null;
    for (Object object : objects(key)) {
      PrivateKeyInfo info = keyInfo(key, object, password);
      if (info != null) {
        privateKey = privateKey(key, withCurve(info, chain.get(0)));
      }
    }
    if (privateKey == null) {
      throw new GeneralSecurityException("no private key in " + key);
    }
    try {
      return new KeyMaterial(privateKey, chain);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(certificates + " and " + key + ": " + e.getMessage(), e);
    }
  }

  private static List<Object> objects(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file);
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
        objects.add(one);
      }
      return objects;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException(file + " is not PEM", e);
    }
  }

  /** Null when the object is no private key. */
  private static @Nullable PrivateKeyInfo keyInfo(
      Path file, Object object, @Nullable Secret password)
      throws IOException, GeneralSecurityException {
    if (object instanceof PrivateKeyInfo info) {
      return info;
    }
    if (object instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    try {
      if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        return encrypted.decryptPrivateKeyInfo(
            new JceOpenSSLPKCS8DecryptorProviderBuilder()
                .setProvider(BOUNCY_CASTLE)
                .build(required(file, password)));
      }
      if (object instanceof PEMEncryptedKeyPair encrypted) {
        return encrypted
            .decryptKeyPair(
                new JcePEMDecryptorProviderBuilder()
                    .setProvider(BOUNCY_CASTLE)
                    .build(required(file, password)))
            .getPrivateKeyInfo();
      }
    } catch (OperatorCreationException | PKCSException | EncryptionException e) {
      throw new GeneralSecurityException(file + ": wrong password or unknown encryption", e);
    }
    return null;
  }

  /**
   * SEC 1 may leave the curve to an EC PARAMETERS block beside it; the certificate names it too.
   */
  private static PrivateKeyInfo withCurve(PrivateKeyInfo info, X509Certificate certificate)
      throws IOException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    boolean known =
        !algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
            || algorithm.getParameters() != null;
    return known
        ? info
        : new PrivateKeyInfo(
            SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())
                .getAlgorithm(),
            info.parsePrivateKey());
  }

  private static PrivateKey privateKey(Path file, PrivateKeyInfo info)
      throws GeneralSecurityException {
    try {
      return new JcaPEMKeyConverter().getPrivateKey(info);
    } catch (PEMException e) {
      throw new GeneralSecurityException(file + ": a key of an unknown kind", e);
    }
  }

  private static char[] required(Path file, @Nullable Secret password)
      throws GeneralSecurityException {
    if (password == null) {
      throw new GeneralSecurityException(file + " is encrypted and there is no password");
    }
    return password.revealText().toCharArray();
  }

  /**
   * Writes both files; the key in PKCS #8 form, readable by its owner alone where the file system
   * knows owners.
   */
  public static void write(KeyMaterial material, Path certificates, Path key)
      throws IOException, GeneralSecurityException {
    Files.writeString(certificates, material.certificatesPem());
    createPrivate(key);
    try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(key))) {
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
