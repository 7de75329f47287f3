package org.posthorn.imap.url;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;

/** RESETKEY, RFC 4467 section 7: URLs that were authorized before are void. */
final class ResetKey implements Command {
  @Override
  public String name() {
    return "RESETKEY";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** [SP mailbox *(SP mechanism)]; there is one mechanism, whose key is always made anew. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    if (in.atEnd()) {
      return new Reset(null);
    }
    MailboxName mailbox = Names.mailbox(in, session);
    while (in.acceptSpace()) {
      in.expectAtom();
    }
    return new Reset(mailbox);
  }

  private record Reset(@Nullable MailboxName mailbox) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new ResetCall(UrlAuthExtension.keys(session), session.account().identity(), mailbox),
          done -> {
            if (mailbox == null) {
              session.ok("All keys removed");
            } else {
              session.ok(UrlAuthExtension.MECHANISMS, "RESETKEY completed");
            }
          });
    }
  }

  private record ResetCall(UrlKeys keys, Identity who, @Nullable MailboxName mailbox)
      implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      if (mailbox == null) {
        keys.resetAll(who);
      } else {
        keys.reset(who, mailbox);
      }
      return true;
    }
  }
}
