package org.posthorn.pop3;

import java.util.List;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.PasswordCheck;

/** USER and PASS, RFC 1939 section 7. */
final class PasswordExtension implements Pop3Extension {
  /** Names the way of login in logs and events. */
  private static final String MECHANISM = "USER";

  @Override
  public String name() {
    return "USER";
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new UserCommand(), new PassCommand());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    return permitted(session) ? List.of("USER") : List.of();
  }

  private static boolean permitted(Pop3Session session) {
    return session.service().sasl().permitsPasswords(session.tls());
  }

  private static final class UserCommand implements Pop3Command {
    @Override
    public String name() {
      return "USER";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    /** Says the same of every name, known or not. */
    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      String user = arguments.rest("a name");
      if (permitted(session)) {
        session.user(user);
        session.ok("Send the password");
      } else {
        session.err(ResponseCode.AUTH, "Start TLS first");
      }
    }
  }

  private static final class PassCommand implements Pop3Command {
    @Override
    public String name() {
      return "PASS";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      String password = arguments.rest("a password");
      String user = session.user();
      if (user == null) {
        session.err("USER comes first");
        return;
      }
      session.user(null);
      PasswordCheck check =
          session
              .service()
              .sasl()
              .password(MECHANISM, user, Secret.of(password), session.connection(), session.tls());
      Login.attend(
          session, check, check.attempt(), step -> Login.decided(session, step, MECHANISM));
    }
  }
}
