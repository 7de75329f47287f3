package org.posthorn.imap.command;

import java.util.Set;
import java.util.function.LongConsumer;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.esearch.EsearchResponse;
import org.posthorn.imap.esearch.Found;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.search.SearchCall;
import org.posthorn.imap.search.SearchPage;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.search.SearchView;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One SEARCH under way, page by page, and its answer. */
final class Searching {
  private static final int NUMBERS_AT_ONCE = 4_000;

  private final Session session;
  private final Selected selected;
  private final SearchProgram program;
  private final ResultOptions options;
  private final boolean byUid;
  private final UidSet.Builder matches = UidSet.builder();
  private long highestModSeq;

  Searching(Session session, SearchProgram program, ResultOptions options, boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.program = program.in(SearchView.of(session));
    this.options = options;
    this.byUid = byUid;
  }

  void begin() {
    if (program.tellsModSeq()) {
      if (!selected.hasModSeqs()) {
        session.bad("This mailbox has no MODSEQs");
        return;
      }
      CondStore.enable(session);
    }
    if (program.isNumbered()) {
      session.holdExpunge();
    }
    search(selected.view());
  }

  private void search(UidSet left) {
    if (left.isEmpty()) {
      answer(matches.build());
    } else {
      session.call(
          new SearchCall(selected.mailbox(), program, left),
          page -> searched(page, left),
          this::failed);
    }
  }

  private void searched(SearchPage page, UidSet left) {
    matches.addAll(page.matches());
    highestModSeq = Math.max(highestModSeq, page.highestModSeq());
    search(page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID));
  }

  /** RFC 5182 section 2.1: a NO to a SEARCH with SAVE empties the saved result. */
  private void failed(StoreException why) {
    if (options.has(ResultOption.SAVE)) {
      selected.save(UidSet.EMPTY);
    }
    session.fail(why);
  }

  private void answer(UidSet uids) {
    Found found = Found.ascending(uids);
    if (options.has(ResultOption.SAVE)) {
      selected.save(options.told(found));
    }
    if (options.extended()) {
      modSeq(
          options.told(found),
          uids,
          modSeq -> new EsearchResponse(session, options, found, byUid, modSeq).write(this::end));
    } else {
      session.out().untagged().words("SEARCH");
      numbers(uids, 0);
    }
  }

  /** RFC 4731 section 3.2: the greatest MODSEQ of the messages that are told. */
  private void modSeq(UidSet told, UidSet all, LongConsumer then) {
    if (!program.tellsModSeq() || told.equals(all)) {
      then.accept(program.tellsModSeq() ? highestModSeq : 0);
      return;
    }
    session.call(new ModSeqCall(selected.mailbox(), told), then::accept, this::failed);
  }

  /** The greatest MODSEQ of some messages, of which there are few. */
  private record ModSeqCall(Mailbox mailbox, UidSet uids) implements StoreCall<Long> {
    @Override
    public Long invoke(CallContext context) throws StoreException {
      long greatest = 0;
      UidSet left = uids;
      while (!left.isEmpty()) {
        Page page = mailbox.list(left, PageLimit.DEFAULT, Set.of());
        for (Row row : page.rows()) {
          greatest = Math.max(greatest, row.modSeq());
        }
        left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
      }
      return greatest;
    }
  }

  /** One line, however long, as fast as the client reads it. */
  private void numbers(UidSet found, long from) {
    long to = Math.min(found.size(), from + NUMBERS_AT_ONCE);
    if (from < to) {
      found.slice(from, to).forEachUid(this::number);
    }
    if (to < found.size()) {
      session.flow().whenWritable(() -> numbers(found, to));
    } else {
      if (program.tellsModSeq() && !found.isEmpty()) {
        session.out().words(" (MODSEQ ").number(highestModSeq).close();
      }
      session.out().crlf();
      end();
    }
  }

  private void number(long uid) {
    session.out().sp().number(byUid ? uid : selected.sequence(uid));
  }

  private void end() {
    session.ok("SEARCH completed");
  }
}
