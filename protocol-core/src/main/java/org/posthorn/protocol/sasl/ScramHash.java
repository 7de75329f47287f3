package org.posthorn.protocol.sasl;

/** RFC 5802, RFC 7677. */
public enum ScramHash {
  SHA_1("SHA-1", "HmacSHA1", 20),
  SHA_256("SHA-256", "HmacSHA256", 32),
  SHA_512("SHA-512", "HmacSHA512", 64);

  private final String digest;
  private final String hmac;
  private final int octets;

  ScramHash(String digest, String hmac, int octets) {
    this.digest = digest;
    this.hmac = hmac;
    this.octets = octets;
  }

  /** JCA name of the digest; SCRAM-{@code digest} is the mechanism. */
  public String digest() {
    return digest;
  }

  /** JCA name of the MAC. */
  public String hmac() {
    return hmac;
  }

  /** Octets of a key. */
  public int octets() {
    return octets;
  }
}
