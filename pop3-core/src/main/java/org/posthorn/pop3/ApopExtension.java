package org.posthorn.pop3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.SaslStep;
import org.posthorn.protocol.stringprep.SaslPrep;
import org.posthorn.store.StoreException;

/**
 * APOP, RFC 1939 section 7: announced by a timestamp in the greeting. It needs the passwords
 * themselves and rests on MD5, so it is there only when asked for.
 */
final class ApopExtension implements Pop3Extension {
  private static final String NAME = "APOP";
  private static final Secret NOBODYS = Secret.of("digested for users that do not exist");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new ApopCommand());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    return List.of();
  }

  private static final class ApopCommand implements Pop3Command {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      String user = arguments.word("a name");
      String digest = arguments.word("a digest");
      arguments.end();
      String prepared = SaslPrep.query(user);
      String name = prepared == null ? user : prepared;
      LoginAttempt attempt =
          new LoginAttempt(
              session.connection(),
              session.service().protocol(),
              session.tls() != null,
              NAME,
              name,
              name);
      Authenticator users = session.service().sasl().authenticator();
      Login.attend(
          session,
          new Check(users, attempt, session.timestamp(), digest),
          attempt,
          step -> Login.decided(session, step, NAME));
    }
  }

  private record Check(Authenticator users, LoginAttempt attempt, String timestamp, String digest)
      implements StoreCall<SaslStep> {
    @Override
    public SaslStep invoke(CallContext context) throws StoreException {
      Optional<Secret> password = users.password(attempt.authenticationId());
      byte[] expected = digest(timestamp, password.orElse(NOBODYS));
      byte[] given = digest.getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(expected, given) || password.isEmpty()) {
        return new SaslStep.Denied(
            LoginDecision.Reason.CREDENTIALS,
            "wrong digest or unknown user",
            attempt.authenticationId());
      }
      LoginDecision decision = users.authorize(attempt);
      if (decision instanceof LoginDecision.Granted granted) {
        return new SaslStep.Granted(granted.identity(), null);
      }
      LoginDecision.Denied denied = (LoginDecision.Denied) decision;
      return new SaslStep.Denied(denied.reason(), denied.detail(), attempt.authenticationId());
    }

    private static byte[] digest(String timestamp, Secret password) {
      try {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(timestamp.getBytes(StandardCharsets.UTF_8));
        md5.update(password.reveal());
        return HexFormat.of().formatHex(md5.digest()).getBytes(StandardCharsets.US_ASCII);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this JDK has no MD5", e);
      }
    }

    @Override
    public Lane lane() {
      return users.lane();
    }

    @Override
    public String toString() {
      return NAME;
    }
  }
}
