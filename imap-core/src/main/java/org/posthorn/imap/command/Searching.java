package org.posthorn.imap.command;

import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.search.SearchCall;
import org.posthorn.imap.search.SearchPage;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchView;
import org.posthorn.store.UidSet;

/** One SEARCH under way, page by page, and its answer. */
final class Searching {
  private static final int NUMBERS_AT_ONCE = 4_000;

  private final Session session;
  private final Selected selected;
  private final SearchProgram program;
  private final boolean byUid;
  private final UidSet.Builder matches = UidSet.builder();

  Searching(Session session, SearchProgram program, boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.program = program.in(SearchView.of(selected.view(), selected.recent()));
    this.byUid = byUid;
  }

  void begin() {
    search(selected.view());
  }

  private void search(UidSet left) {
    if (left.isEmpty()) {
      session.out().untagged().words("SEARCH");
      answer(matches.build(), 0);
    } else {
      session.call(new SearchCall(selected.mailbox(), program, left), page -> searched(page, left));
    }
  }

  private void searched(SearchPage page, UidSet left) {
    matches.addAll(page.matches());
    search(page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID));
  }

  /** One line, however long, as fast as the client reads it. */
  private void answer(UidSet found, long from) {
    long to = Math.min(found.size(), from + NUMBERS_AT_ONCE);
    if (from < to) {
      found.slice(from, to).forEachUid(this::number);
    }
    if (to < found.size()) {
      session.flow().whenWritable(() -> answer(found, to));
    } else {
      session.out().crlf();
      session.ok("SEARCH completed");
    }
  }

  private void number(long uid) {
    session.out().sp().number(byUid ? uid : selected.sequence(uid));
  }
}
