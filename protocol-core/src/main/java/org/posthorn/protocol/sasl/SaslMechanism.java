package org.posthorn.protocol.sasl;

/** A mechanism. Stateless, thread-safe. */
public interface SaslMechanism {
  /** Such as PLAIN or SCRAM-SHA-256. */
  String name();

  /** Whether the password itself passes the wire, so that TLS is needed first. */
  boolean revealsPassword();

  /** Whether it can work for this connection and user database; only then is it announced. */
  boolean available(SaslContext context);

  SaslExchange begin(SaslContext context);
}
