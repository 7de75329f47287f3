package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListDetail;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.imap.wire.ResponseEncoder;

/** LIST and LSUB responses (RFC 9051 section 7.3.1), as fast as the client reads them. */
final class ListResponses {
  private static final int AT_ONCE = 200;

  /** Each costs the store a look. */
  private static final int DETAILED_AT_ONCE = 20;

  private final Session session;
  private final String response;
  private final List<ListDetail> details;

  /**
   * @param response LIST or LSUB
   * @param details what else is to be told of each
   */
  ListResponses(Session session, String response, List<ListDetail> details) {
    this.session = session;
    this.response = response;
    this.details = details;
  }

  /** Writes them all, then goes on. */
  void write(Collection<ListEntry> entries, Runnable then) {
    write(entries.iterator(), then);
  }

  private void write(Iterator<ListEntry> entries, Runnable then) {
    List<ListEntry> next = new ArrayList<>();
    int atOnce = details.isEmpty() ? AT_ONCE : DETAILED_AT_ONCE;
    while (next.size() < atOnce && entries.hasNext()) {
      next.add(entries.next());
    }
    Runnable goOn = () -> goOn(entries, then);
    if (details.isEmpty() || next.isEmpty()) {
      next.forEach(this::entry);
      goOn.run();
    } else {
      session.call(
          new ListDetailsCall(session.account(), next, details),
          detailed -> {
            detailed.forEach(this::detailed);
            goOn.run();
          });
    }
  }

  private void goOn(Iterator<ListEntry> entries, Runnable then) {
    session.flow().whenWritable(entries.hasNext() ? () -> write(entries, then) : then);
  }

  private void detailed(ListDetailsCall.Detailed detailed) {
    entry(detailed.entry());
    for (ListDetail.Answer answer : detailed.answers()) {
      answer.write(session);
    }
  }

  private void entry(ListEntry entry) {
    ResponseEncoder out = session.out();
    out.untagged().words(response).sp().open();
    words(entry.attributes());
    out.close().words(" \"/\" ");
    out.astring(session.wireName().encode(entry.name()));
    if (!entry.childInfo().isEmpty()) {
      out.words(" (CHILDINFO (");
      List<String> quoted = new ArrayList<>();
      entry.childInfo().forEach(word -> quoted.add('"' + word + '"'));
      words(quoted);
      out.close().close();
    }
    out.crlf();
  }

  private void words(List<String> words) {
    boolean first = true;
    for (String word : words) {
      if (!first) {
        session.out().sp();
      }
      first = false;
      session.out().words(word);
    }
  }
}
