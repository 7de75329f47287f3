package org.posthorn.pop3;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.LoginQueue;
import org.posthorn.protocol.sasl.SaslStep;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** How a login ends, whatever way it came. */
final class Login {
  private Login() {}

  /** Has the user database asked, when its turn has come. */
  static void attend(
      Pop3Session session,
      StoreCall<SaslStep> call,
      @Nullable LoginAttempt attempt,
      Consumer<SaslStep> then) {
    session.service().sasl().attend(new Queue(session), call, attempt, then, session::fail);
  }

  private record Queue(Pop3Session session) implements LoginQueue {
    @Override
    public long nanoTime() {
      return session.effects().nanoTime();
    }

    @Override
    public void after(long nanos, Runnable step) {
      session.after(Duration.ofNanos(nanos), step);
    }

    @Override
    public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
      session.call(call, then, failed);
    }
  }

  /** What the user database said of a password. */
  static void decided(Pop3Session session, SaslStep step, String mechanism) {
    if (step instanceof SaslStep.Granted granted) {
      granted(session, granted.identity(), mechanism);
    } else {
      SaslStep.Denied denied = (SaslStep.Denied) step;
      denied(session, denied.user(), mechanism, denied.reason(), denied.detail());
    }
  }

  static void granted(Pop3Session session, Identity identity, String mechanism) {
    Pop3Service service = session.service();
    if (!service.loginIntervals().admits(identity.account(), session.effects().nanoTime())) {
      session.event(
          new Event.LoginRefused(identity.authenticatedAs(), mechanism, "before LOGIN-DELAY"));
      session.err(ResponseCode.LOGIN_DELAY, "Logged in a short while ago, try later");
      return;
    }
    session.call(
        service
            .retrievals()
            .with(
                new OpenMaildrop(service.store(), identity, service.access(), service.lineEnds()),
                identity,
                session.effects().now()),
        maildrop -> {
          session.loggedIn(maildrop);
          session.event(
              new Event.LoggedIn(identity.account(), identity.authenticatedAs(), mechanism));
          session.ok("Maildrop has " + maildrop.count() + " messages");
        },
        session::fail);
  }

  /** Answers after a delay, so that guessing is slow. */
  static void denied(
      Pop3Session session,
      @Nullable String user,
      String mechanism,
      LoginDecision.Reason reason,
      String detail) {
    FailureDelay delay = session.service().sasl().failureDelay();
    int failures = session.loginFailed();
    Duration wait = delay.after(failures);
    session.event(new Event.LoginRefused(user, mechanism, detail));
    session.after(
        wait,
        () -> {
          session.err(ResponseCode.AUTH, text(reason));
          if (delay.exhausted(failures)) {
            session.close("too many failed logins");
          }
        });
  }

  private static String text(LoginDecision.Reason reason) {
    return switch (reason) {
      case CREDENTIALS -> "Authentication failed";
      case AUTHORIZATION -> "Not allowed to act as that user";
      case EXPIRED -> "The password has expired";
      case DISABLED -> "Login is not possible for this account";
      case PRIVACY_REQUIRED -> "Start TLS first";
    };
  }
}
