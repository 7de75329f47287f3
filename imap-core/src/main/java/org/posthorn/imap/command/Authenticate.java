package org.posthorn.imap.command;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.sasl.SaslService;

/** AUTHENTICATE, RFC 9051 section 6.2.2, with the initial response of RFC 4959. */
public final class Authenticate implements Command {
  @Override
  public String name() {
    return "AUTHENTICATE";
  }

  @Override
  public Set<State> states() {
    return State.BEFORE_LOGIN;
  }

  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  /** SP auth-type [SP initial-resp]; initial-resp = (base64 / "="). */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    String mechanism = in.expectAtom().asAscii();
    return new Mechanism(mechanism, in.acceptSpace() ? in.expectAstring() : null);
  }

  private record Mechanism(String name, @Nullable Octets initialResponse) implements Request {
    @Override
    public void execute(Session session) {
      SaslService.Start start =
          session
              .service()
              .sasl()
              .start(name, session.connection(), session.tls(), session.effects());
      if (start instanceof SaslService.Start.Begun begun) {
        new Authentication(session, begun.dialogue()).begin(initialResponse);
      } else if (start instanceof SaslService.Start.NeedsTls) {
        session.no(ResponseCode.PRIVACYREQUIRED, "Start TLS first");
      } else {
        session.no(ResponseCode.CANNOT, "There is no such mechanism here");
      }
    }
  }
}
