package org.posthorn.imap.condstore;

import org.posthorn.imap.Session;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.UidSet;

/** The VANISHED response (RFC 7162 section 3.2.10), in lines of a moderate length. */
public final class Vanished {
  private static final int RANGES_AT_ONCE = 500;

  private Vanished() {}

  /** Messages that the client knows of are gone: it counts them down. */
  public static void now(Session session, UidSet uids) {
    for (int i = 0; i < uids.rangeCount(); i += RANGES_AT_ONCE) {
      line(session.out().untagged().words("VANISHED "), uids, i);
      session.flushIfLarge();
    }
  }

  /** Messages are gone that are not in the client's view, as fast as it reads of them. */
  public static void earlier(Session session, UidSet uids, Runnable then) {
    earlier(session, uids, 0, then);
  }

  private static void earlier(Session session, UidSet uids, int from, Runnable then) {
    if (from >= uids.rangeCount()) {
      then.run();
      return;
    }
    line(session.out().untagged().words("VANISHED (EARLIER) "), uids, from);
    session.flow().whenWritable(() -> earlier(session, uids, from + RANGES_AT_ONCE, then));
  }

  private static void line(ResponseEncoder out, UidSet uids, int from) {
    int to = Math.min(uids.rangeCount(), from + RANGES_AT_ONCE);
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.words(",");
      }
      out.number(uids.rangeFirst(i));
      if (uids.rangeLast(i) > uids.rangeFirst(i)) {
        out.words(":").number(uids.rangeLast(i));
      }
    }
    out.crlf();
  }
}
