package org.posthorn.protocol.sasl;

/** A mechanism. Stateless, thread-safe. */
public interface SaslMechanism {
  /** Such as PLAIN or SCRAM-SHA-256. */
  String name();

  /** Whether a password or token passes the wire as it is, so that TLS is needed first. */
  boolean revealsSecret();

  /** Whether it can work for this connection and user database; only then is it announced. */
  boolean available(SaslContext context);

  SaslExchange begin(SaslContext context);
}
