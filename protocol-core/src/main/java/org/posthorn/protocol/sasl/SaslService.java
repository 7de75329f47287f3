package org.posthorn.protocol.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsInfo;

/**
 * All that an engine needs to log clients in. Thread-safe.
 *
 * @param protocol as {@link org.posthorn.protocol.EngineFactory#protocol()}
 * @param hostname this server's name
 */
public record SaslService(
    Authenticator authenticator,
    SaslPolicy policy,
    FailureDelay failureDelay,
    String protocol,
    String hostname) {
  private static final int ENTROPY_OCTETS = 32;

  /** Names of the mechanisms to announce, in order. */
  public List<String> announced(ConnectionInfo connection, @Nullable TlsInfo tls) {
    SaslContext context = context(connection, tls, new byte[0]);
    List<String> names = new ArrayList<>();
    for (SaslMechanism mechanism : policy.mechanisms()) {
      if (policy.permits(mechanism, tls != null) && mechanism.available(context)) {
        names.add(mechanism.name());
      }
    }
    return names;
  }

  /** Whether a command that carries a password (LOGIN, USER and PASS) is let through. */
  public boolean permitsPasswords(@Nullable TlsInfo tls) {
    return policy.permitsPasswords(tls != null);
  }

  /** Begins an authentication by the mechanism of that name, in any case of letters. */
  public Start start(
      String mechanism, ConnectionInfo connection, @Nullable TlsInfo tls, Effects out) {
    byte[] entropy = new byte[ENTROPY_OCTETS];
    out.random(entropy);
    SaslContext context = context(connection, tls, entropy);
    Optional<SaslMechanism> found =
        policy.mechanisms().stream()
            .filter(known -> known.name().equalsIgnoreCase(mechanism) && known.available(context))
            .findFirst();
    if (found.isEmpty()) {
      return new Start.Unknown();
    }
    return policy.permits(found.get(), tls != null)
        ? new Start.Begun(new SaslDialogue(found.get(), context))
        : new Start.NeedsTls();
  }

  /**
   * The work of a command that carries a password; its outcome is a {@link SaslStep.Granted} or
   * {@link SaslStep.Denied}.
   *
   * @param command LOGIN (IMAP) or USER (POP3), for logs
   */
  public PasswordCheck password(
      String command,
      String user,
      Secret password,
      ConnectionInfo connection,
      @Nullable TlsInfo tls) {
    LoginAttempt attempt =
        context(connection, tls, new byte[0]).attempt(command, SaslPrep.prepare(user), "");
    return new PasswordCheck(authenticator, attempt, password);
  }

  private SaslContext context(ConnectionInfo connection, @Nullable TlsInfo tls, byte[] entropy) {
    return new SaslContext(authenticator, connection, protocol, tls, hostname, entropy);
  }

  /** Whether an authentication could begin. */
  public sealed interface Start {
    /** It did. */
    record Begun(SaslDialogue dialogue) implements Start {}

    /** There is no such mechanism here. */
    record Unknown() implements Start {}

    /** It would reveal the password without TLS. */
    record NeedsTls() implements Start {}
  }
}
