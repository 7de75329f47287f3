package org.posthorn.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A private key and its certificate.
 *
 * @param chain the certificate of the key first, then those of its issuers; not empty
 */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {
  private static final String ALIAS = "server";

  public KeyMaterial {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /** The first certificate of the chain. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** For TLS servers. */
  public X509ExtendedKeyManager keyManager() throws GeneralSecurityException {
    char[] password = new char[0];
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keyStore(password), password);
    for (KeyManager manager : factory.getKeyManagers()) {
      if (manager instanceof X509ExtendedKeyManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no X.509 key manager");
  }

  /** A key store in memory that holds just this. */
  public KeyStore keyStore(char[] password) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("key store cannot be made", e);
    }
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "KeyMaterial[" + certificate().getSubjectX500Principal() + "]";
  }
}
