package org.posthorn.protocol.sasl;

/** SCRAM-SHA-256 and its kin (RFC 5802, RFC 7677), with or without channel binding. */
public final class ScramMechanism implements SaslMechanism {
  /** How the names of mechanisms with channel binding end. */
  static final String PLUS = "-PLUS";

  private final ScramHash hash;
  private final boolean binding;

  /** Without channel binding. */
  public ScramMechanism(ScramHash hash) {
    this(hash, false);
  }

  private ScramMechanism(ScramHash hash, boolean binding) {
    this.hash = hash;
    this.binding = binding;
  }

  /**
   * With channel binding: SCRAM-SHA-256-PLUS and its kin. Announced where the TLS layer gives
   * tls-exporter (RFC 9266), which is what clients try; tls-server-end-point (RFC 5929) is taken
   * besides.
   */
  public static ScramMechanism plus(ScramHash hash) {
    return new ScramMechanism(hash, true);
  }

  @Override
  public String name() {
    return "SCRAM-" + hash.digest() + (binding ? PLUS : "");
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }

  @Override
  public boolean available(SaslContext context) {
    return context.authenticator().scramHashes().contains(hash)
        && (!binding || (context.tls() != null && context.tls().exporter() != null));
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new ScramExchange(hash, name(), binding, context);
  }
}
