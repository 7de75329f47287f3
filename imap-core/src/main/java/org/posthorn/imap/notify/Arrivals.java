package org.posthorn.imap.notify;

import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.store.UidSet;

/** The FETCH responses that follow an EXISTS (RFC 5465 section 5.2). */
public final class Arrivals {
  private Arrivals() {}

  /**
   * Tells of new messages what the client asked for, then goes on; of those that it put there
   * itself nothing.
   */
  public static void tell(Session session, Selected selected, UidSet arrived, Runnable then) {
    FetchProgram ofNew = session.selectedEvents().ofNew();
    UidSet fresh = arrived.minus(selected.takeOwnArrivals()).intersect(selected.view());
    if (ofNew == null || fresh.isEmpty()) {
      then.run();
      return;
    }
    new FetchPages(
            session,
            ofNew.tellingOfSeen(CondStore.state(session)),
            fresh,
            pages -> then.run(),
            why -> {
              session.fault("notify", why);
              then.run();
            })
        .next();
  }
}
