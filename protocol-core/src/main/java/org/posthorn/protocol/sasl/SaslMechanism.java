package org.posthorn.protocol.sasl;

/** A mechanism. Stateless, thread-safe. */
public interface SaslMechanism {
  /** Such as PLAIN or SCRAM-SHA-256. */
  String name();

  /** Whether a password or token passes the wire as it is, so that TLS is needed first. */
  boolean revealsSecret();

  /** Whether it can work for this connection and user database; only then is it announced. */
  boolean available(SaslContext context);

  /** Whether the server has the first word, so that a client cannot begin (RFC 4422 section 5). */
  default boolean serverFirst() {
    return false;
  }

  /** Begins an exchange. */
  SaslExchange begin(SaslContext context);
}
