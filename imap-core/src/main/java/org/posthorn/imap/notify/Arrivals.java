package org.posthorn.imap.notify;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.store.UidSet;

/** The FETCH responses that follow an EXISTS (RFC 5465 sections 5.2 and 7). */
public final class Arrivals {
  private Arrivals() {}

  /**
   * Tells of new messages, then goes on.
   *
   * @param ofNew what is told of each; null: nothing
   */
  public static void tell(
      Session session, @Nullable FetchProgram ofNew, UidSet arrived, Runnable then) {
    UidSet there = arrived.intersect(session.selected().view());
    if (ofNew == null || there.isEmpty()) {
      then.run();
      return;
    }
    new FetchPages(
            session,
            ofNew.tellingOfSeen(CondStore.state(session)),
            there,
            pages -> then.run(),
            why -> {
              session.fault("notify", why);
              then.run();
            })
        .next();
  }
}
