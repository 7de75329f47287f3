package org.posthorn.imap.command;

import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.store.CopyResult;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What COPY, MOVE and APPEND answer alike (RFC 4315 section 3, RFC 6851 section 4.3). */
public final class Copies {
  private Copies() {}

  static ResponseCode code(CopyResult result) {
    return ResponseCode.copyUid(
        result.destination().uidValidity(), result.source(), result.copies());
  }

  /** This session put messages into a mailbox, as its client knows. */
  public static void arrived(Session session, MailboxName destination, UidSet uids) {
    if (session.isSelected(destination)) {
      session.selected().arrived(uids);
    } else {
      session.pushing().knowsOf(told -> told.arrived(destination, uids));
    }
  }

  /** A destination that is not there may be created and the command repeated. */
  public static void failed(Session session, StoreException why) {
    if (why.code() == StoreException.Code.NONEXISTENT) {
      session.no(ResponseCode.TRYCREATE, "No such mailbox");
    } else {
      session.fail(why);
    }
  }

  static void allGone(Session session) {
    session.no(ResponseCode.EXPUNGEISSUED, "The messages are gone");
  }
}
