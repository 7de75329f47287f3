package org.posthorn.imap.sort;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.ToldModSeq;
import org.posthorn.imap.context.Contexts;
import org.posthorn.imap.esearch.EsearchResponse;
import org.posthorn.imap.esearch.Found;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.MessageSearch;
import org.posthorn.imap.search.Scores;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One SORT under way: the search, a sorted run for each page of what it found, and their merge. */
final class Sorting {
  private static final int NUMBERS_AT_ONCE = 4_000;

  private final Session session;
  private final Selected selected;
  private final MessageSearch search;
  private final UidSet startView;
  private final List<SortCriterion> criteria;
  private final ResultOptions options;
  private final boolean byUid;
  private final PageLimit page;
  private final List<SortRun> runs = new ArrayList<>();
  private MessageSearch.Result found = new MessageSearch.Result(UidSet.EMPTY, 0, Scores.NONE);
  private long weight;

  Sorting(
      Session session,
      SearchProgram program,
      List<SortCriterion> criteria,
      ResultOptions options,
      boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.search = new MessageSearch(session, program);
    this.startView = selected.view();
    this.criteria = criteria;
    this.options = options;
    this.byUid = byUid;
    ImapLimits limits = session.service().limits();
    this.page = new PageLimit(limits.pageRows(), limits.pageBytes());
  }

  void begin() {
    search.run(
        result -> {
          found = result;
          keys(result.uids());
        },
        this::failed);
  }

  private void keys(UidSet left) {
    if (left.isEmpty()) {
      session.call(new MergeCall(runs), this::answer, this::failed);
      return;
    }
    session.call(
        new SortKeysCall(
            selected.mailbox(), left, criteria, session.collation(), found::score, page),
        result -> add(result, left),
        this::failed);
  }

  private void add(SortKeysCall.Result result, UidSet left) {
    runs.add(result.run());
    weight += result.run().weight();
    if (weight > session.service().searchLimits().resultOctets()) {
      forget();
      session.no(ResponseCode.LIMIT, "Too many messages to sort");
      return;
    }
    UidSet rest = result.next() == 0 ? UidSet.EMPTY : left.clamp(result.next(), UidSet.MAX_UID);
    session.progress().at(found.uids().size() - rest.size(), found.uids().size());
    keys(rest);
  }

  private void failed(StoreException why) {
    forget();
    session.fail(why);
  }

  /** RFC 5182 section 2.1: a NO to a command with SAVE empties the saved result. */
  private void forget() {
    if (options.has(ResultOption.SAVE)) {
      selected.save(UidSet.EMPTY);
    }
  }

  private void answer(long[] uids) {
    if (options.extended()) {
      Found sorted = Found.ordered(uids);
      UidSet told = options.told(sorted);
      if (options.has(ResultOption.SAVE)) {
        selected.save(told);
      }
      ToldModSeq.of(
          session,
          found,
          told,
          modSeq ->
              new EsearchResponse(session, options, sorted, byUid, modSeq)
                  .relevance(found::score)
                  .write(() -> keep(uids)),
          this::failed);
    } else {
      session.out().untagged().words("SORT");
      numbers(uids, 0);
    }
  }

  private void keep(long[] uids) {
    UpdateOption update = options.update();
    if (update != null) {
      if (weight > session.service().searchLimits().contextOctets()) {
        Contexts.refuse(session, session.tag(), "The result is too large");
      } else {
        SortedOrder order = SortedOrder.of(uids, runs, criteria, session.collation());
        selected.contexts().keep(session, update, byUid, search.bound(), startView, order);
      }
    }
    end();
  }

  /** One line, however long, as fast as the client reads it. */
  private void numbers(long[] uids, int from) {
    int to = Math.min(uids.length, from + NUMBERS_AT_ONCE);
    for (int i = from; i < to; i++) {
      session.out().sp().number(byUid ? uids[i] : selected.sequence(uids[i]));
    }
    if (to < uids.length) {
      session.flow().whenWritable(() -> numbers(uids, to));
    } else {
      if (found.highestModSeq() > 0) {
        session.out().words(" (MODSEQ ").number(found.highestModSeq()).close();
      }
      session.out().crlf();
      end();
    }
  }

  private void end() {
    session.ok("SORT completed");
  }
}
