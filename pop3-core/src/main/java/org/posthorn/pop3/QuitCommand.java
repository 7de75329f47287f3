package org.posthorn.pop3;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Event;
import org.posthorn.store.UidSet;

/** QUIT, RFC 1939 sections 5 and 6: enters the UPDATE state. */
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
    if (maildrop == null) {
      leave(session);
      return;
    }
    UpdateCall update = update(session, maildrop);
    if (update.marked().isEmpty() && update.expired() == null) {
      leave(session);
      return;
    }
    session.call(
        update,
        gone -> {
          if (gone > 0) {
            session.event(new Event.Expunged(maildrop.account(), gone));
          }
          leave(session);
        },
        why -> {
          session.fault(why);
          session.err(ResponseCode.SYS_TEMP, "Some deleted messages were not removed");
          session.close("quit");
        });
  }

  private static UpdateCall update(Pop3Session session, Maildrop maildrop) {
    Expiry expiry = session.service().expiry();
    // RFC 2449 section 6.7: with EXPIRE 0 what was retrieved is as good as deleted.
    UidSet marked = expiry.isAtOnce() ? maildrop.deletedOrRetrieved() : maildrop.deletedUids();
    @Nullable OffsetDateTime before =
        expiry.days() > 0
            ? OffsetDateTime.ofInstant(session.effects().now(), ZoneOffset.UTC)
                .minusDays(expiry.days())
            : null;
    return new UpdateCall(
        maildrop.openAccount(),
        maildrop.mailbox(),
        marked,
        session.service().removal(),
        before == null ? UidSet.EMPTY : maildrop.allUids(),
        before);
  }

  private static void leave(Pop3Session session) {
    @Nullable Maildrop maildrop = session.maildropOrNull();
    if (maildrop == null) {
      bye(session);
      return;
    }
    session.call(
        new GiveBackCall(maildrop),
        done -> bye(session),
        why -> {
          session.fault(why);
          bye(session);
        });
  }

  private static void bye(Pop3Session session) {
    session.ok("Bye");
    session.close("quit");
  }
}
