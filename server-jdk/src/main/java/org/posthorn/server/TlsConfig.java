package org.posthorn.server;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.TlsEngines;
import org.posthorn.protocol.TlsInfo;

/**
 * Certificates and TLS settings of a server. A value: to change certificates of a running server
 * make a new one and give it to {@link MailServer#reloadTls}.
 */
public final class TlsConfig {
  /** Whether clients are asked for a certificate. */
  public enum ClientAuth {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  private final TlsEngines engines;
  private final @Nullable X509ExtendedKeyManager keys;
  private final @Nullable TrustManager trust;
  private final List<String> protocols;
  private final List<String> cipherSuites;
  private final ClientAuth clientAuth;

  private TlsConfig(
      TlsEngines engines,
      @Nullable X509ExtendedKeyManager keys,
      @Nullable TrustManager trust,
      Builder builder) {
    this.engines = engines;
    this.keys = keys;
    this.trust = trust;
    this.protocols = List.copyOf(builder.protocols);
    this.cipherSuites = List.copyOf(builder.cipherSuites);
    this.clientAuth = builder.clientAuth;
  }

  /** Whatever the context does, with TLS 1.2 and 1.3. */
  public static TlsConfig of(SSLContext context) {
    return new TlsConfig(new JdkTls(context), null, null, new Builder());
  }

  /** One certificate (with its chain and key) for all host names. */
  public static TlsConfig of(X509ExtendedKeyManager keys) {
    return builder().keys(keys).build();
  }

  /** The first key of a key store for all host names. */
  public static TlsConfig of(KeyStore store, char[] password) {
    return of(keyManager(store, password));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A key manager over a key store, as JSSE makes it. */
  public static X509ExtendedKeyManager keyManager(KeyStore store, char[] password) {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      for (KeyManager manager : factory.getKeyManagers()) {
        if (manager instanceof X509ExtendedKeyManager x509) {
          return x509;
        }
      }
      throw new IllegalArgumentException("no X.509 keys");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("unusable key store", e);
    }
  }

  /** Null when it was made from what keeps its keys to itself. */
  public @Nullable X509ExtendedKeyManager keys() {
    return keys;
  }

  /** Judges client certificates; null for the JDK's default. */
  public @Nullable TrustManager trust() {
    return trust;
  }

  public List<String> protocols() {
    return protocols;
  }

  /** Empty for the provider's default. */
  public List<String> cipherSuites() {
    return cipherSuites;
  }

  public ClientAuth clientAuth() {
    return clientAuth;
  }

  /** An engine for one connection, server side. */
  public SSLEngine newEngine() {
    SSLEngine engine = engines.newEngine(trust);
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols.toArray(String[]::new));
    if (!cipherSuites.isEmpty()) {
      parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
      parameters.setUseCipherSuitesOrder(true);
    }
    switch (clientAuth) {
      case REQUIRED -> parameters.setNeedClientAuth(true);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case NONE -> parameters.setNeedClientAuth(false);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** What is known of a connection whose handshake is done. */
  public TlsInfo describe(SSLEngine engine) {
    return TlsSessions.describe(engine.getSession(), engines.exporter(engine));
  }

  /** Collects settings. */
  public static final class Builder {
    private @Nullable X509ExtendedKeyManager defaultKeys;
    private @Nullable TlsEngines engines;
    private final Map<String, X509ExtendedKeyManager> hosts = new LinkedHashMap<>();
    private @Nullable TrustManager trust;
    private List<String> protocols = List.of("TLSv1.3", "TLSv1.2");
    private List<String> cipherSuites = List.of();
    private ClientAuth clientAuth = ClientAuth.NONE;

    private Builder() {}

    /** For clients that name no host (SNI, RFC 6066 section 3), or none of {@link #host}. */
    public Builder keys(X509ExtendedKeyManager keys) {
      this.defaultKeys = keys;
      return this;
    }

    /**
     * For clients that ask for this host.
     *
     * @param name a host name, or one whose first label is {@code *} for any one label there
     */
    public Builder host(String name, X509ExtendedKeyManager keys) {
      hosts.put(name, keys);
      return this;
    }

    /** TLS of another maker, which has the keys itself; instead of {@link #keys}. */
    public Builder engines(TlsEngines engines) {
      this.engines = engines;
      return this;
    }

    /** JSSE names; TLSv1.3 and TLSv1.2 unless set. */
    public Builder protocols(String... names) {
      protocols = Arrays.asList(names.clone());
      return this;
    }

    /** JSSE names, the preferred first. */
    public Builder cipherSuites(String... names) {
      cipherSuites = Arrays.asList(names.clone());
      return this;
    }

    /**
     * Asks clients for a certificate.
     *
     * @param trust judges the certificates; null for the JDK's default
     */
    public Builder clientAuth(ClientAuth clientAuth, @Nullable TrustManager trust) {
      this.clientAuth = clientAuth;
      this.trust = trust;
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalStateException without {@link #keys} or {@link #engines}, or with both
     */
    public TlsConfig build() {
      if (engines != null) {
        if (defaultKeys != null || !hosts.isEmpty()) {
          throw new IllegalStateException("TLS of another maker has its keys itself");
        }
        return new TlsConfig(engines, null, trust, this);
      }
      X509ExtendedKeyManager fallback = defaultKeys;
      if (fallback == null) {
        throw new IllegalStateException("TLS needs keys");
      }
      X509ExtendedKeyManager keys = hosts.isEmpty() ? fallback : new SniKeyManager(fallback, hosts);
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            new KeyManager[] {keys}, trust == null ? null : new TrustManager[] {trust}, null);
        return new TlsConfig(new JdkTls(context), keys, trust, this);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS cannot be set up", e);
      }
    }
  }
}
