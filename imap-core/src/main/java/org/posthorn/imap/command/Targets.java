package org.posthorn.imap.command;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.store.UidSet;

/** The messages that a command names, by sequence number or by UID. */
record Targets(MessageSet set, boolean byUid) {

  /**
   * The UIDs, as far as the view has them. A sequence number that no message has is an error (RFC
   * 9051 section 9, seq-number); a UID that no message has is not.
   *
   * @return null when BAD was answered
   */
  @Nullable UidSet resolve(Session session) {
    Selected selected = session.selected();
    if (set.isSavedResult() && !session.service().registry().has("SEARCHRES")) {
      session.bad("Search results cannot be saved");
      return null;
    }
    if (!byUid && !set.touches(selected.view())) {
      session.bad("No such message");
      return null;
    }
    return selected.resolve(set, byUid);
  }
}
