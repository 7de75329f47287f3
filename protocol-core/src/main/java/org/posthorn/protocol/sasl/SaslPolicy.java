package org.posthorn.protocol.sasl;

import java.util.List;

/**
 * Which mechanisms there are, and where.
 *
 * @param mechanisms in the order in which they are announced, strongest first
 * @param passwordsWithoutTls whether what reveals the password is let through without TLS
 */
public record SaslPolicy(List<SaslMechanism> mechanisms, boolean passwordsWithoutTls) {
  /** SCRAM-SHA-256, PLAIN and LOGIN; the latter two under TLS only. */
  public static final SaslPolicy STANDARD =
      new SaslPolicy(
          List.of(
              new ScramMechanism(ScramHash.SHA_256), new PlainMechanism(), new LoginMechanism()),
          false);

  public SaslPolicy {
    mechanisms = List.copyOf(mechanisms);
  }

  /** The same mechanisms, passwords without TLS allowed: for tests and loopback. */
  public SaslPolicy allowingPasswordsWithoutTls() {
    return new SaslPolicy(mechanisms, true);
  }

  /** Whether what reveals the password is let through. */
  public boolean permitsPasswords(boolean tls) {
    return tls || passwordsWithoutTls;
  }

  boolean permits(SaslMechanism mechanism, boolean tls) {
    return !mechanism.revealsPassword() || permitsPasswords(tls);
  }
}
