package org.posthorn.imap.command;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 2971. What the client says of itself is read and not kept. */
public final class Id implements Command {
  /** RFC 2971 section 3.3. */
  private static final int MAX_FIELDS = 30;

  @Override
  public String name() {
    return "ID";
  }

  @Override
  public Set<State> states() {
    return State.ANY;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    in.expectSpace();
    if (!in.acceptName("NIL")) {
      fields(in);
    }
    return Id::execute;
  }

  /** "(" [string SP nstring *(SP string SP nstring)] ")". */
  private static void fields(CommandReader in) throws SyntaxException {
    in.expect('(');
    if (in.accept(')')) {
      return;
    }
    int fields = 0;
    do {
      if (++fields > MAX_FIELDS) {
        throw in.error("too many fields");
      }
      in.expectString();
      in.expectSpace();
      in.expectNstring();
    } while (in.acceptSpace());
    in.expect(')');
  }

  private static void execute(Session session) {
    ResponseEncoder out = session.out().untagged().words("ID ");
    Map<String, String> fields = new TreeMap<>(session.service().identification());
    if (fields.isEmpty()) {
      out.nil();
    } else {
      out.open();
      boolean first = true;
      for (Map.Entry<String, String> field : fields.entrySet()) {
        if (!first) {
          out.sp();
        }
        first = false;
        out.string(field.getKey()).sp().string(field.getValue());
      }
      out.close();
    }
    out.crlf();
    session.ok("ID completed");
  }
}
