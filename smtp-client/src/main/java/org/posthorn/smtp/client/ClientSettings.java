package org.posthorn.smtp.client;

import java.util.Objects;
import java.util.Optional;
import org.posthorn.protocol.Secret;

/**
 * How a client talks to a server.
 *
 * @param name this machine's, for EHLO
 * @param lmtp whether the server speaks LMTP (RFC 2033)
 * @param login to be done before any mail; without it nothing is sent
 * @param passwordsWithoutTls whether PLAIN and LOGIN may be used where TLS does not stand
 * @param chunking whether BDAT is used wherever it is offered (RFC 3030); content that is
 *     BINARYMIME always needs it
 */
public record ClientSettings(
    String name,
    boolean lmtp,
    TlsUse tls,
    Optional<Login> login,
    boolean passwordsWithoutTls,
    boolean chunking) {
  /** A user name and its password. */
  public record Login(String user, Secret password) {}

  public ClientSettings {
    Objects.requireNonNull(tls);
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("a host name or address literal");
    }
  }

  /** SMTP with TLS where it is offered. */
  public static ClientSettings smtp(String name) {
    return new ClientSettings(name, false, TlsUse.OPPORTUNISTIC, Optional.empty(), false, false);
  }

  /** LMTP, as it is spoken among neighbours: without TLS. */
  public static ClientSettings lmtp(String name) {
    return new ClientSettings(name, true, TlsUse.NONE, Optional.empty(), false, false);
  }

  public ClientSettings withTls(TlsUse use) {
    return new ClientSettings(name, lmtp, use, login, passwordsWithoutTls, chunking);
  }

  public ClientSettings withLogin(String user, String password) {
    Login known = new Login(user, Secret.of(password));
    return new ClientSettings(name, lmtp, tls, Optional.of(known), passwordsWithoutTls, chunking);
  }

  /** For a server on this machine or behind a tunnel. */
  public ClientSettings allowingPasswordsWithoutTls() {
    return new ClientSettings(name, lmtp, tls, login, true, chunking);
  }

  public ClientSettings withChunking() {
    return new ClientSettings(name, lmtp, tls, login, passwordsWithoutTls, true);
  }
}
