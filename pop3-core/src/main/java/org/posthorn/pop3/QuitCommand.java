package org.posthorn.pop3;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Expunged;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * QUIT, RFC 1939 sections 5 and 6: the UPDATE state removes the messages marked as deleted, and
 * nothing else.
 */
final class QuitCommand implements Pop3Command {
  @Override
  public String name() {
    return "QUIT";
  }

  @Override
  public boolean allowed(Pop3State state) {
    return true;
  }

  @Override
  public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
    arguments.end();
    @Nullable Maildrop maildrop = session.maildropOrNull();
    UidSet deleted = maildrop == null ? UidSet.EMPTY : maildrop.deletedUids();
    if (maildrop == null || deleted.isEmpty()) {
      leave(session);
    } else {
      session.call(
          new Remove(maildrop.mailbox(), deleted),
          gone -> {
            int messages = Math.toIntExact(gone.uids().size());
            session.event(new Event.Expunged(maildrop.account(), messages));
            leave(session);
          },
          why -> {
            session.fault(why);
            session.err(ResponseCode.SYS_TEMP, "Some deleted messages were not removed");
            session.close("quit");
          });
    }
  }

  private static void leave(Pop3Session session) {
    session.ok("Bye");
    session.close("quit");
  }

  private record Remove(Mailbox mailbox, UidSet uids) implements StoreCall<Expunged> {
    @Override
    public Expunged invoke(CallContext context) throws StoreException {
      return mailbox.remove(uids);
    }
  }
}
