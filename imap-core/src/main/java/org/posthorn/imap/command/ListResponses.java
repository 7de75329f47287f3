package org.posthorn.imap.command;

import java.util.Collection;
import java.util.Iterator;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.imap.wire.ResponseEncoder;

/** LIST and LSUB responses (RFC 9051 section 7.3.1), as fast as the client reads them. */
final class ListResponses {
  private static final int AT_ONCE = 200;

  private ListResponses() {}

  static void write(
      Session session, String response, Collection<ListEntry> entries, Runnable then) {
    write(session, response, entries.iterator(), then);
  }

  private static void write(
      Session session, String response, Iterator<ListEntry> entries, Runnable then) {
    for (int i = 0; i < AT_ONCE && entries.hasNext(); i++) {
      entry(session, response, entries.next());
    }
    session
        .flow()
        .whenWritable(entries.hasNext() ? () -> write(session, response, entries, then) : then);
  }

  private static void entry(Session session, String response, ListEntry entry) {
    ResponseEncoder out = session.out();
    out.untagged().words(response).sp().open();
    boolean first = true;
    for (String attribute : entry.attributes()) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.words(attribute);
    }
    out.close().words(" \"/\" ");
    out.astring(session.wireName().encode(entry.name())).crlf();
  }
}
