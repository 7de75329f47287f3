package org.posthorn.imap.command;

import java.util.EnumSet;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.objectid.ObjectId;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;

/** RFC 9051 section 6.3.4, with the USE of RFC 6154 section 3. */
public final class Create implements Command {
  @Override
  public String name() {
    return "CREATE";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    int start = in.position();
    MailboxName name = Names.toCreate(in, session);
    int end = in.position();
    in.rewind(start);
    in.expectSpace();
    String given = session.wireName().text(in.expectAstring());
    in.rewind(end);
    return new NewMailbox(name, given, in.atEnd() ? Set.of() : use(in));
  }

  /** SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")". */
  private static Set<SpecialUse> use(CommandReader in) throws SyntaxException, Refused {
    in.expectSpace();
    in.expect('(');
    if (!in.acceptName("USE")) {
      throw in.error("expected USE");
    }
    in.expectSpace();
    in.expect('(');
    Set<SpecialUse> use = EnumSet.noneOf(SpecialUse.class);
    if (!in.accept(')')) {
      do {
        in.expect('\\');
        use.add(attribute(in.expectAtom()));
      } while (in.acceptSpace());
      in.expect(')');
    }
    in.expect(')');
    return use;
  }

  private static SpecialUse attribute(Octets name) throws Refused {
    for (SpecialUse use : SpecialUse.values()) {
      if (name.equalsIgnoreCase(use.attribute().substring(1))) {
        return use;
      }
    }
    throw new Refused(ResponseCode.USEATTR, "Unknown special use");
  }

  private record NewMailbox(MailboxName name, String given, Set<SpecialUse> use)
      implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new CreateCall(session.account(), name, use),
          created -> {
            session.pushing().knowsOf(told -> told.created(name));
            if (!given.equals(name.path() + MailboxName.DELIMITER)) {
              ListOldName.renamed(session, name, given);
            }
            session.finish(Status.OK, ObjectId.code(session, created), "CREATE completed");
          });
    }
  }

  private record CreateCall(Account account, MailboxName name, Set<SpecialUse> use)
      implements StoreCall<MailboxInfo> {
    @Override
    public MailboxInfo invoke(CallContext context) throws StoreException {
      return account.create(name, use);
    }
  }
}
