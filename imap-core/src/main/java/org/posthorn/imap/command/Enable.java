package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Utf8Accept;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 5161, RFC 9051 section 6.3.1: switches on what changes the server's responses. */
public final class Enable implements Command {
  @Override
  public String name() {
    return "ENABLE";
  }

  @Override
  public Set<State> states() {
    return Set.of(State.AUTHENTICATED);
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    List<String> names = new ArrayList<>();
    do {
      in.expectSpace();
      names.add(in.expectAtom().asAscii().toUpperCase(Locale.ROOT));
    } while (!in.atEnd());
    return new Capabilities(names);
  }

  private record Capabilities(List<String> names) implements Request {
    @Override
    public void execute(Session session) {
      session.out().untagged().words("ENABLED");
      for (String name : names) {
        String known = session.service().registry().enables().get(name);
        if (known != null && session.enabled().add(name)) {
          session.out().sp().words(known);
        }
      }
      session.out().allowUtf8(Utf8Accept.isEnabled(session));
      session.out().crlf();
      session.ok("ENABLE completed");
    }
  }
}
