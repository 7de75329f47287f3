package org.posthorn.imap.command;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.LoginQueue;
import org.posthorn.protocol.sasl.SaslStep;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/** How LOGIN and AUTHENTICATE end. */
final class LogIn {
  private final Session session;
  private final String command;
  private final String mechanism;

  /**
   * @param command as in the answer
   * @param mechanism for the log
   */
  LogIn(Session session, String command, String mechanism) {
    this.session = session;
    this.command = command;
    this.mechanism = mechanism;
  }

  private record OpenCall(MailStore store, Identity identity) implements StoreCall<Account> {
    @Override
    public Account invoke(CallContext context) throws StoreException {
      return store.open(identity);
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** Has the user database asked, when its turn has come. */
  void attend(
      StoreCall<SaslStep> call,
      @Nullable LoginAttempt attempt,
      Consumer<SaslStep> then,
      Consumer<StoreException> failed) {
    session.service().sasl().attend(new Queue(session), call, attempt, then, failed);
  }

  private record Queue(Session session) implements LoginQueue {
    @Override
    public long nanoTime() {
      return session.effects().nanoTime();
    }

    @Override
    public void after(long nanos, Runnable step) {
      session.flow().after(nanos, step);
    }

    @Override
    public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
      session.call(call, then, failed);
    }
  }

  /** The user is who was claimed. */
  void granted(Identity identity) {
    session.call(
        new OpenCall(session.service().store(), identity),
        account -> {
          session.loggedIn(account, mechanism);
          // Without the CAPABILITY code: Commons Net reads no status response of over 500 octets.
          session.ok(command + " completed, logged in");
        },
        why -> {
          session.event(
              new Event.LoginRefused(
                  identity.authenticatedAs(), mechanism, "account: " + why.getMessage()));
          session.fail(why);
        });
  }

  /** The user is refused: answered late, and the connection ends when it happens often. */
  void refused(LoginDecision.Reason reason, String detail, @Nullable String user) {
    session.event(new Event.LoginRefused(user, mechanism, detail));
    FailureDelay delay = session.service().failureDelay();
    int failures = session.loginFailed();
    session
        .flow()
        .after(
            delay.after(failures).toNanos(),
            () -> {
              session.finish(Status.NO, code(reason), text(reason));
              if (delay.exhausted(failures)) {
                session.bye(null, "Too many failed logins");
              }
            });
  }

  private static ResponseCode code(LoginDecision.Reason reason) {
    return switch (reason) {
      case CREDENTIALS -> ResponseCode.AUTHENTICATIONFAILED;
      case AUTHORIZATION -> ResponseCode.AUTHORIZATIONFAILED;
      case EXPIRED -> ResponseCode.EXPIRED;
      case DISABLED -> ResponseCode.CONTACTADMIN;
      case PRIVACY_REQUIRED -> ResponseCode.PRIVACYREQUIRED;
    };
  }

  private static String text(LoginDecision.Reason reason) {
    return switch (reason) {
      case CREDENTIALS -> "Wrong user name or password";
      case AUTHORIZATION -> "Not allowed to act as that user";
      case EXPIRED -> "The password has expired";
      case DISABLED -> "Login is not possible for this account";
      case PRIVACY_REQUIRED -> "Start TLS first";
    };
  }
}
