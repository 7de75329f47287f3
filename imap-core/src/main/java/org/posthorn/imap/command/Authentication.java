package org.posthorn.imap.command;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.sasl.SaslDialogue;
import org.posthorn.protocol.sasl.SaslTurn;

/** One AUTHENTICATE under way: carries lines between the client and the SASL dialogue. */
final class Authentication {
  private final Session session;
  private final SaslDialogue dialogue;
  private final LogIn login;

  Authentication(Session session, SaslDialogue dialogue) {
    this.session = session;
    this.dialogue = dialogue;
    this.login = new LogIn(session, "AUTHENTICATE", dialogue.mechanism());
  }

  void begin(@Nullable Octets initialResponse) {
    turn(initialResponse == null ? dialogue.begin() : dialogue.begin(initialResponse.asBuffer()));
  }

  private void turn(SaslTurn turn) {
    if (turn instanceof SaslTurn.Challenge challenge) {
      session.out().continuation().words(challenge.base64()).crlf();
      session.readLine(line -> turn(dialogue.answer(line.asBuffer())));
    } else if (turn instanceof SaslTurn.Work work) {
      login.attend(
          work.call(),
          work.attempt(),
          step -> turn(dialogue.resumed(new Outcome.Done<>(step))),
          why -> turn(dialogue.resumed(new Outcome.Failed<>(why))));
    } else if (turn instanceof SaslTurn.LoggedIn success) {
      login.granted(success.identity());
    } else if (turn instanceof SaslTurn.Refused refused) {
      login.refused(refused.reason(), refused.detail(), refused.user());
    } else if (turn instanceof SaslTurn.Malformed malformed) {
      session.bad("SASL: " + malformed.detail());
    } else if (turn instanceof SaslTurn.TooLong) {
      session.bad("SASL: response too long");
    } else if (turn instanceof SaslTurn.Cancelled) {
      session.bad("Authentication cancelled");
    } else if (turn instanceof SaslTurn.Failed failed) {
      session.fail(failed.why());
    }
  }
}
