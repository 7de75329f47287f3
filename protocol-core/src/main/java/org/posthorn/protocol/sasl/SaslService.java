package org.posthorn.protocol.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.protocol.stringprep.SaslPrep;
import org.posthorn.store.StoreException;

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
    LoginThrottle throttle,
    String protocol,
    String hostname) {
  private static final int ENTROPY_OCTETS = 32;
  private static final byte[] NO_ENTROPY = {};

  /** Names of the mechanisms to announce, in order. */
  public List<String> announced(ConnectionInfo connection, @Nullable TlsInfo tls) {
    SaslContext context = context(connection, tls, false, NO_ENTROPY);
    List<String> names = new ArrayList<>();
    for (SaslMechanism mechanism : policy.mechanisms(tls != null)) {
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
    boolean binding = false;
    for (String name : announced(connection, tls)) {
      binding |= name.endsWith(ScramMechanism.PLUS);
    }
    SaslContext context = context(connection, tls, binding, entropy);
    SaslMechanism found = find(policy.mechanisms(tls != null), mechanism);
    if (found != null && found.available(context)) {
      return policy.permits(found, tls != null)
          ? new Start.Begun(new SaslDialogue(found, context))
          : new Start.NeedsTls();
    }
    SaslMechanism underTls = find(policy.underTls(), mechanism);
    return tls == null && underTls != null && connection.tlsAvailable()
        ? new Start.NeedsTls()
        : new Start.Unknown();
  }

  private static @Nullable SaslMechanism find(List<SaslMechanism> mechanisms, String name) {
    for (SaslMechanism mechanism : mechanisms) {
      if (mechanism.name().equalsIgnoreCase(name)) {
        return mechanism;
      }
    }
    return null;
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
    String prepared = SaslPrep.query(user);
    LoginAttempt attempt =
        context(connection, tls, false, NO_ENTROPY)
            .attempt(command, prepared == null ? user : prepared, "");
    return new PasswordCheck(authenticator, attempt, password);
  }

  /**
   * Has the work of a login done when its turn has come.
   *
   * @param attempt the login that the work decides; null when it decides none
   */
  public void attend(
      LoginQueue queue,
      StoreCall<SaslStep> call,
      @Nullable LoginAttempt attempt,
      Consumer<SaslStep> then,
      Consumer<StoreException> failed) {
    if (attempt == null) {
      queue.call(call, then, failed);
      return;
    }
    long wait = throttle.admit(attempt, queue.nanoTime());
    Consumer<SaslStep> decided =
        step -> {
          settle(attempt, step, queue.nanoTime());
          then.accept(step);
        };
    if (wait < 0) {
      failed.accept(
          new StoreException(StoreException.Code.UNAVAILABLE, "too many failed logins, try later"));
    } else if (wait == 0) {
      queue.call(call, decided, failed);
    } else {
      queue.after(wait, () -> queue.call(call, decided, failed));
    }
  }

  private void settle(LoginAttempt attempt, SaslStep step, long nanoTime) {
    if (step instanceof SaslStep.Granted) {
      throttle.succeeded(attempt, nanoTime);
    } else if (step instanceof SaslStep.Denied || step instanceof SaslStep.DeniedLater) {
      throttle.failed(attempt, nanoTime);
    }
  }

  private SaslContext context(
      ConnectionInfo connection, @Nullable TlsInfo tls, boolean binding, byte[] entropy) {
    return new SaslContext(authenticator, connection, protocol, tls, hostname, binding, entropy);
  }

  /** Whether an authentication could begin. */
  public sealed interface Start {
    /** It did. */
    record Begun(SaslDialogue dialogue) implements Start {}

    /** There is no such mechanism here. */
    record Unknown() implements Start {}

    /** There is one under TLS only. */
    record NeedsTls() implements Start {}
  }
}
