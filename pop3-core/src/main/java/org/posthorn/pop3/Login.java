package org.posthorn.pop3;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.store.Identity;

/** How a login ends, whatever way it came. */
final class Login {
  private Login() {}

  static void granted(Pop3Session session, Identity identity, String mechanism) {
    session.call(
        new OpenMaildrop(session.service().store(), identity),
        maildrop -> {
          session.loggedIn(maildrop);
          session.event(
              new Event.LoggedIn(identity.account(), identity.authenticatedAs(), mechanism));
          session.ok("Maildrop has " + maildrop.count() + " messages");
        },
        session::fail);
  }

  /** Answers after a delay, so that guessing is slow. */
  static void denied(Pop3Session session, @Nullable String user, String mechanism, String detail) {
    FailureDelay delay = session.service().sasl().failureDelay();
    int failures = session.loginFailed();
    Duration wait = delay.after(failures);
    session.event(new Event.LoginRefused(user, mechanism, detail));
    session.after(
        wait,
        () -> {
          session.err(ResponseCode.AUTH, "Authentication failed");
          if (delay.exhausted(failures)) {
            session.close("too many failed logins");
          }
        });
  }
}
