package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.LineFramer;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.LoginQueue;
import org.posthorn.protocol.sasl.SaslDialogue;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.protocol.sasl.SaslTurn;
import org.posthorn.store.StoreException;

/** Reads the client's part of an authentication exchange (RFC 4954 section 4). */
final class AuthInput implements SmtpSession.Input {
  private final SmtpSession session;
  private final SaslService sasl;
  private final SaslDialogue dialogue;
  private final LineFramer lines = new LineFramer(SaslDialogue.MAX_LINE + 2);

  AuthInput(SmtpSession session, SaslService sasl, SaslDialogue dialogue) {
    this.session = session;
    this.sasl = sasl;
    this.dialogue = dialogue;
  }

  @Override
  public void receive(ByteBuffer in) {
    while (session.wantsInput() && session.input() == this) {
      switch (lines.next(in)) {
        case LINE -> {
          session.progressed();
          turn(dialogue.answer(lines.line()));
        }
        case TOO_LONG -> {
          session.progressed();
          turn(dialogue.tooLong());
        }
        case NOTHING -> {
          return;
        }
      }
    }
  }

  /** Does what the dialogue wants next. */
  void turn(SaslTurn turn) {
    if (turn instanceof SaslTurn.Challenge challenge) {
      session.reply(334, challenge.base64());
    } else if (turn instanceof SaslTurn.Work work) {
      sasl.attend(
          new Logins(session),
          work.call(),
          work.attempt(),
          step -> turn(dialogue.resumed(new Outcome.Done<>(step))),
          failure -> turn(dialogue.resumed(new Outcome.Failed<>(failure))));
    } else {
      session.readCommands();
      end(turn);
    }
  }

  private void end(SaslTurn turn) {
    if (turn instanceof SaslTurn.LoggedIn in) {
      session.authenticated(in.identity());
      session
          .effects()
          .event(
              new Event.LoggedIn(
                  in.identity().account(), in.identity().authenticatedAs(), dialogue.mechanism()));
      session.reply(new Verdict(235, "2.7.0", "Authentication successful"));
    } else if (turn instanceof SaslTurn.Refused refused) {
      refuse(refused.user(), refused.detail(), verdict(refused.reason()));
    } else if (turn instanceof SaslTurn.Failed failed) {
      temporary(failed.why());
    } else if (turn instanceof SaslTurn.Cancelled) {
      session.reply(new Verdict(501, "5.7.0", "Authentication cancelled"));
    } else if (turn instanceof SaslTurn.TooLong) {
      session.reply(new Verdict(500, "5.5.6", "Authentication exchange line is too long"));
    } else if (turn instanceof SaslTurn.Malformed malformed) {
      session.reply(new Verdict(501, "5.5.2", "Authentication failed: " + malformed.detail()));
    }
  }

  private record Logins(SmtpSession session) implements LoginQueue {
    @Override
    public long nanoTime() {
      return session.effects().nanoTime();
    }

    @Override
    public void after(long nanos, Runnable step) {
      session.pause(Duration.ofNanos(nanos), step);
    }

    @Override
    public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
      session.call(call, then, failed);
    }
  }

  private void temporary(StoreException why) {
    session.reply(
        new Verdict(454, "4.7.0", "Temporary authentication failure: " + why.code().name()));
  }

  private static Verdict verdict(LoginDecision.Reason reason) {
    return switch (reason) {
      case CREDENTIALS -> new Verdict(535, "5.7.8", "Authentication credentials invalid");
      case AUTHORIZATION -> new Verdict(535, "5.7.8", "Not authorized to act as this user");
      case EXPIRED -> new Verdict(535, "5.7.8", "Password expired");
      case DISABLED -> new Verdict(535, "5.7.13", "Account disabled");
      case PRIVACY_REQUIRED -> new Verdict(538, "5.7.11", "Encryption required for this mechanism");
    };
  }

  /** The answer waits, so that guessing is slow. */
  private void refuse(@Nullable String user, String detail, Verdict verdict) {
    int failures = session.loginFailed();
    session.effects().event(new Event.LoginRefused(user, dialogue.mechanism(), detail));
    session.pause(
        sasl.failureDelay().after(failures),
        () -> {
          session.reply(verdict);
          if (sasl.failureDelay().exhausted(failures) && session.wantsInput()) {
            session.bye(new Verdict(421, "4.7.0", "Too many failed logins"), "failed logins");
          }
        });
  }

  @Override
  public long deadline(long lastInput, long lastProgress) {
    return lastProgress + session.limits().greetingIdle().toNanos();
  }
}
