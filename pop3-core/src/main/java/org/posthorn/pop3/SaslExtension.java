package org.posthorn.pop3;

import java.util.List;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.sasl.SaslDialogue;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.protocol.sasl.SaslTurn;

/** AUTH with an initial response, RFC 5034. */
final class SaslExtension implements Pop3Extension {
  @Override
  public String name() {
    return "SASL";
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new AuthCommand());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    List<String> mechanisms = announced(session);
    return mechanisms.isEmpty() ? List.of() : List.of("SASL " + String.join(" ", mechanisms));
  }

  private static List<String> announced(Pop3Session session) {
    return session.service().sasl().announced(session.connection(), session.tls());
  }

  private static final class AuthCommand implements Pop3Command {
    @Override
    public String name() {
      return "AUTH";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      if (arguments.isEmpty()) {
        // Older than RFC 5034, and still asked by clients that do not know CAPA.
        session.ok("Mechanisms follow");
        announced(session).forEach(session::line);
        session.endOfLines();
        return;
      }
      String mechanism = arguments.word("a mechanism");
      String initial = arguments.isEmpty() ? null : arguments.word("a response");
      arguments.end();
      SaslService.Start start =
          session
              .service()
              .sasl()
              .start(mechanism, session.connection(), session.tls(), session.effects());
      if (start instanceof SaslService.Start.Begun begun) {
        SaslDialogue dialogue = begun.dialogue();
        Dialogue with = new Dialogue(session, dialogue);
        with.go(initial == null ? dialogue.begin() : dialogue.begin(Arguments.ascii(initial)));
      } else if (start instanceof SaslService.Start.NeedsTls) {
        session.err(ResponseCode.AUTH, "Start TLS first");
      } else {
        session.err("Unknown mechanism");
      }
    }
  }

  /** The lines of one authentication. */
  private record Dialogue(Pop3Session session, SaslDialogue sasl) {
    void go(SaslTurn turn) {
      if (turn instanceof SaslTurn.Challenge challenge) {
        session.line("+ " + challenge.base64());
        session.readLine(
            line -> go(sasl.answer(line)), () -> go(sasl.tooLong()), SaslDialogue.MAX_LINE + 2);
      } else if (turn instanceof SaslTurn.Work work) {
        Login.attend(
            session,
            work.call(),
            work.attempt(),
            step -> go(sasl.resumed(new Outcome.Done<>(step))));
      } else if (turn instanceof SaslTurn.LoggedIn in) {
        Login.granted(session, in.identity(), sasl.mechanism());
      } else if (turn instanceof SaslTurn.Refused refused) {
        Login.denied(session, refused.user(), sasl.mechanism(), refused.reason(), refused.detail());
      } else if (turn instanceof SaslTurn.Malformed malformed) {
        session.bad(malformed.detail());
      } else if (turn instanceof SaslTurn.TooLong) {
        session.bad("Response too long");
      } else if (turn instanceof SaslTurn.Failed failed) {
        session.fail(failed.why());
      } else {
        session.err("Authentication cancelled");
      }
    }
  }
}
