package org.posthorn.imap.command;

import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.condstore.ToldModSeq;
import org.posthorn.imap.context.Contexts;
import org.posthorn.imap.context.MailboxOrder;
import org.posthorn.imap.esearch.EsearchResponse;
import org.posthorn.imap.esearch.Found;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.MessageSearch;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One SEARCH under way, and its answer. */
final class Searching {
  private static final int NUMBERS_AT_ONCE = 4_000;

  private final Session session;
  private final Selected selected;
  private final ResultOptions options;
  private final boolean byUid;
  private final MessageSearch search;
  private final UidSet startView;

  Searching(Session session, SearchProgram program, ResultOptions options, boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.options = options;
    this.byUid = byUid;
    this.search = new MessageSearch(session, program).limited();
    this.startView = selected.view();
  }

  void begin() {
    search.run(this::answer, this::failed);
  }

  /** RFC 5182 section 2.1: a NO to a SEARCH with SAVE empties the saved result. */
  private void failed(StoreException why) {
    if (options.has(ResultOption.SAVE)) {
      selected.save(UidSet.EMPTY);
    }
    session.fail(why);
  }

  private void answer(MessageSearch.Result result) {
    Found found = Found.ascending(result.uids());
    UidSet told = options.told(found);
    if (options.has(ResultOption.SAVE)) {
      selected.save(told);
    }
    if (options.extended()) {
      ToldModSeq.of(
          session,
          result,
          told,
          modSeq ->
              new EsearchResponse(session, options, found, byUid, modSeq)
                  .relevance(result::score)
                  .write(() -> keep(result.uids())),
          this::failed);
    } else {
      session.out().untagged().words("SEARCH");
      numbers(result, 0);
    }
  }

  private void keep(UidSet found) {
    UpdateOption update = options.update();
    if (update != null && search.allowance().isPart()) {
      Contexts.refuse(session, session.tag(), "Not all messages were looked at");
    } else if (update != null) {
      selected
          .contexts()
          .keep(session, update, byUid, search.bound(), startView, new MailboxOrder(found));
    }
    end();
  }

  /** One line, however long, as fast as the client reads it. */
  private void numbers(MessageSearch.Result result, long from) {
    UidSet found = result.uids();
    long to = Math.min(found.size(), from + NUMBERS_AT_ONCE);
    if (from < to) {
      numbers(found.slice(from, to));
    }
    if (to < found.size()) {
      session.flow().whenWritable(() -> numbers(result, to));
    } else {
      if (result.highestModSeq() > 0) {
        session.out().words(" (MODSEQ ").number(result.highestModSeq()).close();
      }
      session.out().crlf();
      end();
    }
  }

  /** What has neighbouring UIDs has neighbouring numbers. */
  private void numbers(UidSet some) {
    ResponseEncoder out = session.out();
    for (int i = 0; i < some.rangeCount(); i++) {
      long first = some.rangeFirst(i);
      long more = some.rangeLast(i) - first;
      long number = byUid ? first : selected.sequence(first);
      for (long j = 0; j <= more; j++) {
        out.sp().number(number + j);
      }
    }
  }

  private void end() {
    search.allowance().finish(session, Status.OK, null, "SEARCH completed");
  }
}
