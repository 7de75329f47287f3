package org.posthorn.imap.persona;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/**
 * XAPPLEPUSHSERVICE, by which Apple's clients ask to be woken through Apple's servers. It is not
 * announced; a client that asks all the same is told NO and goes on.
 */
public final class ApplePush implements ImapExtension {
  @Override
  public String name() {
    return "XAPPLEPUSHSERVICE";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of();
  }

  @Override
  public List<Command> commands() {
    return List.of(new Subscription());
  }

  private record Subscription() implements Command {
    @Override
    public String name() {
      return "XAPPLEPUSHSERVICE";
    }

    @Override
    public Set<State> states() {
      return State.LOGGED_IN;
    }

    /** *(SP (astring / "(" [astring *(SP astring)] ")")). */
    @Override
    public Request parse(CommandReader in, Session session) throws SyntaxException {
      while (!in.atEnd()) {
        in.expectSpace();
        if (!in.accept('(')) {
          in.expectAstring();
        } else if (!in.accept(')')) {
          do {
            in.expectAstring();
          } while (in.acceptSpace());
          in.expect(')');
        }
      }
      return running -> running.no(ResponseCode.CANNOT, "There is no push service here");
    }
  }
}
