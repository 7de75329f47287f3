package org.posthorn.imap.append;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.command.Copies;
import org.posthorn.protocol.Event;
import org.posthorn.store.Appended;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.UidSet;

/**
 * Where messages go, and how the command ends: APPEND, or REPLACE (RFC 8508).
 *
 * @param replaced UIDs of the message that goes in exchange, with {@code selected}; null in APPEND
 */
record AppendTarget(MailboxName name, @Nullable Selected selected, @Nullable UidSet replaced) {

  static AppendTarget append(MailboxName name) {
    return new AppendTarget(name, null, null);
  }

  static AppendTarget replace(MailboxName name, Selected selected, UidSet message) {
    return new AppendTarget(name, selected, message);
  }

  Optional<Replaced> replaces() {
    return selected == null || replaced == null
        ? Optional.empty()
        : Optional.of(new Replaced(selected.mailbox(), replaced.first()));
  }

  /** It is done. */
  void done(Session session, Appended appended, long octets) {
    Copies.arrived(session, name, appended.uids());
    int count = (int) appended.uids().size();
    session.event(new Event.Appended(session.account().identity().account(), name, count, octets));
    ResponseCode uids = ResponseCode.appendUid(appended.mailbox().uidValidity(), appended.uids());
    if (selected == null) {
      session.ok(uids, "APPEND completed");
    } else {
      selected.removed(UidSet.of(replaces().orElseThrow().uid()));
      // RFC 8508 section 4.3: before the EXPUNGE response.
      session.untagged(Status.OK, uids, "Replacement message ready");
      session.ok("REPLACE completed");
    }
  }

  /** RFC 4469 section 4.1. */
  static void badUrl(Session session, String url) {
    session.no(ResponseCode.badUrl(url), "The URL cannot be used");
  }
}
