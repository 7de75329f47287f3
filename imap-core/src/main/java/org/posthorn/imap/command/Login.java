package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.PasswordCheck;
import org.posthorn.protocol.sasl.SaslStep;

/** LOGIN, RFC 9051 section 6.2.3. */
public final class Login implements Command {
  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public Set<State> states() {
    return State.BEFORE_LOGIN;
  }

  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    String user = in.expectAstring().asUtf8();
    in.expectSpace();
    Secret password = Secret.of(in.expectAstring());
    return new Credentials(user, password);
  }

  private record Credentials(String user, Secret password) implements Request {
    @Override
    public void execute(Session session) {
      if (!session.service().sasl().permitsPasswords(session.tls())) {
        password.wipe();
        session.no(ResponseCode.PRIVACYREQUIRED, "Start TLS first");
        return;
      }
      LogIn login = new LogIn(session, "LOGIN", "LOGIN");
      PasswordCheck check =
          session
              .service()
              .sasl()
              .password("LOGIN", user, password, session.connection(), session.tls());
      login.attend(check, check.attempt(), step -> decided(login, step), session::fail);
    }

    private void decided(LogIn login, SaslStep step) {
      if (step instanceof SaslStep.Granted granted) {
        login.granted(granted.identity());
      } else if (step instanceof SaslStep.Denied denied) {
        login.refused(denied.reason(), denied.detail(), denied.user());
      } else {
        throw new IllegalStateException("a password check ended in neither yes nor no");
      }
    }
  }
}
