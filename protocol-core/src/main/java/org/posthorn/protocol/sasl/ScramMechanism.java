package org.posthorn.protocol.sasl;

/** SCRAM-SHA-256 and its kin (RFC 5802, RFC 7677), without channel binding. */
public final class ScramMechanism implements SaslMechanism {
  private final ScramHash hash;

  public ScramMechanism(ScramHash hash) {
    this.hash = hash;
  }

  @Override
  public String name() {
    return "SCRAM-" + hash.digest();
  }

  @Override
  public boolean revealsPassword() {
    return false;
  }

  @Override
  public boolean available(SaslContext context) {
    return context.authenticator().scramHashes().contains(hash);
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return new ScramExchange(hash, name(), context);
  }
}
