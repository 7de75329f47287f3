package org.posthorn.imap.thread;

import java.util.List;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.search.MessageSearch;
import org.posthorn.imap.search.SearchLimits;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.store.PageLimit;
import org.posthorn.store.UidSet;

/** One THREAD under way: the search, a table of what it found, the algorithm, and the answer. */
final class Threading {
  private final Session session;
  private final Selected selected;
  private final SearchProgram program;
  private final ThreadAlgorithm algorithm;
  private final boolean byUid;
  private final SearchLimits limits;
  private final PageLimit page;
  private final ThreadTable table = new ThreadTable();

  Threading(Session session, SearchProgram program, ThreadAlgorithm algorithm, boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.program = program;
    this.algorithm = algorithm;
    this.byUid = byUid;
    this.limits = session.service().searchLimits();
    ImapLimits pages = session.service().limits();
    this.page = new PageLimit(pages.pageRows(), pages.pageBytes());
  }

  void begin() {
    MessageSearch search = new MessageSearch(session, program).limited();
    search.run(
        found -> {
          if (search.allowance().isPart()) {
            // RFC 9738 section 3.3: part of a mailbox has no threads.
            search.allowance().finish(session, Status.NO, null, "Too many messages to thread");
          } else {
            keys(found.uids());
          }
        },
        session::fail);
  }

  private void keys(UidSet left) {
    if (left.isEmpty()) {
      session.call(new ThreadCall(algorithm, table, limits.threadSteps()), this::answer);
      return;
    }
    session.call(
        new ThreadKeysCall(selected.mailbox(), left, session.collation(), page),
        result -> add(result, left));
  }

  private void add(ThreadKeysCall.Result result, UidSet left) {
    table.add(result.messages());
    if (table.weight() > limits.resultOctets()) {
      session.no(ResponseCode.LIMIT, "Too many messages to thread");
      return;
    }
    UidSet rest = result.next() == 0 ? UidSet.EMPTY : left.clamp(result.next(), UidSet.MAX_UID);
    session.progress().at(selected.view().size() - rest.size(), selected.view().size());
    keys(rest);
  }

  private void answer(List<ThreadNode> threads) {
    session.out().untagged().words("THREAD");
    if (!threads.isEmpty()) {
      session.out().sp();
    }
    ThreadWriter writer =
        new ThreadWriter(session.out(), threads, uid -> byUid ? uid : selected.sequence(uid));
    write(writer);
  }

  private void write(ThreadWriter writer) {
    if (writer.writeSome()) {
      session.flow().whenWritable(() -> write(writer));
    } else {
      session.out().crlf();
      session.ok("THREAD completed");
    }
  }
}
