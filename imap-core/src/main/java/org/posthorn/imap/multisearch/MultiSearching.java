package org.posthorn.imap.multisearch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.context.Contexts;
import org.posthorn.imap.context.MailboxOrder;
import org.posthorn.imap.esearch.EsearchResponse;
import org.posthorn.imap.esearch.Found;
import org.posthorn.imap.esearch.ResultOption;
import org.posthorn.imap.esearch.ResultOptions;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.Filters;
import org.posthorn.imap.search.MessageSearch;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One ESEARCH under way, mailbox after mailbox. */
final class MultiSearching {
  private final Session session;
  private SearchProgram program;
  private final List<Source> sources;
  private final ResultOptions options;
  private final Deque<MailboxName> left = new ArrayDeque<>();

  MultiSearching(
      Session session, SearchProgram program, List<Source> sources, ResultOptions options) {
    this.session = session;
    this.program = program;
    this.sources = sources;
    this.options = options;
  }

  void begin() {
    Filters.bind(
        session,
        program,
        bound -> {
          program = bound;
          session.call(new SourcesCall(session.account(), sources), this::resolved);
        });
  }

  private void resolved(List<MailboxName> names) {
    left.addAll(names);
    if (left.size() > session.service().searchLimits().mailboxes()) {
      session.no(ResponseCode.LIMIT, "Too many mailboxes to search");
      return;
    }
    if (sources.stream().anyMatch(Source::isSelected)) {
      left.remove(session.selected().info().name());
      selected(session.selected());
    } else {
      next();
    }
  }

  /** The view of the session is searched, not what the mailbox has become. */
  private void selected(Selected mailbox) {
    MailboxName name = mailbox.info().name();
    long uidValidity = mailbox.info().uidValidity();
    UidSet startView = mailbox.view();
    MessageSearch search = new MessageSearch(session, program);
    search.run(
        result -> {
          if (options.has(ResultOption.SAVE)) {
            mailbox.save(options.told(Found.ascending(result.uids())));
          }
          keep(search.bound(), startView, result.uids());
          tell(name, uidValidity, result);
        },
        this::failed);
  }

  /** RFC 7377 section 2.2: updates are for the selected mailbox alone. */
  private void keep(SearchProgram bound, UidSet startView, UidSet found) {
    UpdateOption update = options.update();
    if (update != null) {
      Contexts contexts = session.selected().contexts();
      contexts.keep(session, update, true, bound, startView, new MailboxOrder(found));
    }
  }

  private void next() {
    MailboxName name = left.poll();
    if (name == null) {
      session.ok("ESEARCH completed");
    } else {
      if (program.tellsModSeq()) {
        CondStore.enable(session);
      }
      search(name, MailboxSearchCall.Progress.NONE);
    }
  }

  private void search(MailboxName name, MailboxSearchCall.Progress before) {
    session.call(
        new MailboxSearchCall(session.account(), name, program, session.effects().now(), before),
        progress -> searched(name, progress));
  }

  private void searched(MailboxName name, MailboxSearchCall.Progress progress) {
    if (progress.next() > 0) {
      search(name, progress);
    } else {
      long modSeq = program.tellsModSeq() ? progress.highestModSeq() : 0;
      tell(
          name,
          progress.uidValidity(),
          new MessageSearch.Result(progress.matches(), modSeq, progress.scores()));
    }
  }

  /** RFC 7377 section 2.1: of a mailbox without a match nothing is told. */
  private void tell(MailboxName name, long uidValidity, MessageSearch.Result result) {
    if (result.uids().isEmpty()) {
      next();
      return;
    }
    Found found = Found.ascending(result.uids());
    new EsearchResponse(session, options, found, true, result.highestModSeq())
        .from(name, uidValidity)
        .relevance(result::score)
        .write(() -> session.flow().whenWritable(this::next));
  }

  private void failed(StoreException why) {
    if (options.has(ResultOption.SAVE)) {
      session.selected().save(UidSet.EMPTY);
    }
    session.fail(why);
  }
}
